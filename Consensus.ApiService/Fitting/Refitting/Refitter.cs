using Consensus.Contracts.Fitting;
using Consensus.Contracts.Runs;
using Consensus.Core.Evaluation;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Storage.Fitting;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Fitting.Refitting;

/// <summary>Fits labelled runs and proposes what comes of it; one at a time. What gains with confidence comes in force, all else is kept as a proposal.</summary>
internal sealed partial class Refitter(
    FittedHolder holder, FittedRegister register, RunLog log, IOptions<RefitOptions> options, TimeProvider time, ILogger<Refitter> logger) : IDisposable
{
    private const ulong Seed = 1;

    // Bounds what is read and fitted at once; of more, the last labelled count.
    private const int MostRuns = 20_000;
    private const int MostQuestions = 5_000;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Whether <see cref="RefitOptions.LeastNew"/> labels have come since the last proposal.</summary>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    public async Task<bool> HasGrownAsync(CancellationToken cancellationToken)
    {
        var last = await log.FindLastProposalAsync(cancellationToken);
        return await log.FindNewestLabelAsync(cancellationToken) - (last?.LabelSeq ?? 0) >= options.Value.LeastNew;
    }

    /// <summary>Fits what has been labelled.</summary>
    /// <param name="cancellationToken">Ends it between two panels.</param>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read or written.</exception>
    public async Task<RefitReceipt> RefitAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // The store may have been out of reach when the service began: what it holds is what a new document goes on from.
            await register.LoadAsync(cancellationToken);
            var last = await log.FindLastProposalAsync(cancellationToken);
            var (inForce, now) = (holder.Current, time.GetUtcNow());
            var labelled = await log.ReadLabelledAsync(now - options.Value.Window, MostRuns, cancellationToken);
            LabelledPanel[] ready = [.. labelled.Panels.Where(p => p.Questions.Count >= options.Value.LeastQuestions).Select(Newest)];
            if (ready.Length == 0)
            {
                return new RefitReceipt(null, "No panel has enough labelled runs.", Waiting(labelled));
            }

            var hash = LabelledData.HashOf(ready.Select(LabelledData.HashOf));
            if (last?.Proposal is { } known && known.DataSha256 == hash && (known.Adopted ? known.Version : known.BasedOn) == inForce?.Version)
            {
                return new RefitReceipt(null, $"Nothing has changed since proposal {known.Id:D}.", Waiting(labelled));
            }

            var refits = await Task.Run(() => Refits(ready, inForce, cancellationToken), cancellationToken);
            var proposal = await ProposeAsync(refits, inForce, hash, labelled.LabelSeq, now);
            return new RefitReceipt(proposal, proposal.Reason, Waiting(labelled));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static List<(LabelledPanel Labelled, PanelRefit Refit)> Refits(LabelledPanel[] panels, FittedState? inForce, CancellationToken cancellationToken)
    {
        var refits = new List<(LabelledPanel, PanelRefit)>();
        foreach (var panel in panels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var questions = LabelImputation.Complete(panel.Questions, Seed);
            refits.Add((panel, PanelRefit.Of(questions, panel.Kind, PanelFits.Choose(inForce?.Fits ?? [], panel.Models, panel.Kind), Seed)));
        }

        return refits;
    }

    private async Task<CalibrationProposal> ProposeAsync(
        List<(LabelledPanel Labelled, PanelRefit Refit)> refits, FittedState? inForce, string hash, long labelSeq, DateTimeOffset now)
    {
        // Only what gains takes the place of what is in force; where nothing does, the proposal shows what all of it would be.
        var gaining = refits.Where(r => r.Refit.MayReplace).ToList();
        FittedPanel[] fitted = [.. (gaining.Count > 0 ? gaining : refits).Select(r => new FittedPanel(r.Refit.Fit, LabelledData.HashOf(r.Labelled)))];
        var kept = (inForce?.Panels ?? []).Where(old => !fitted.Any(f => f.Fit.IsOf(old.Fit.Models, old.Fit.Kind)));
        var state = FittedWriter.State([.. kept, .. fitted], now);
        var proposal = await register.ProposeAsync(state, inForce?.Version, gaining.Count > 0, labelSeq, (adopted, reason) => new CalibrationProposal
        {
            Id = Guid.CreateVersion7(now),
            ProposedAt = now,
            Version = state.Version,
            BasedOn = inForce?.Version,
            Adopted = adopted,
            Reason = reason ?? (adopted ? $"{gaining.Count} of {refits.Count} panels gain over what was in force." : "No panel gains over what is in force."),
            DataSha256 = hash,
            Panels = [.. refits.Select(r => Body(r.Labelled, r.Refit))],
        });
        LogProposed(proposal.Version, proposal.Panels.Count, proposal.Adopted, proposal.Reason);
        return proposal;
    }

    private static PanelProposal Body(LabelledPanel labelled, PanelRefit refit) => new()
    {
        Models = labelled.Models,
        Kind = Kind(labelled),
        Questions = labelled.Questions.Count,
        OnlyWrongKnown = labelled.Questions.Count(static q => q.Right is null),
        MayReplace = refit.MayReplace,
        Reason = refit.Reason,
        VoteGain = Body(refit.VoteGain),
        CalibrationGain = Body(refit.CalibrationGain),
    };

    private static GainBody Body(BootstrapInterval gain) => new() { Value = gain.Point, Low = gain.Low, High = gain.High };

    private static AnswerKindName Kind(LabelledPanel panel) => Enum.Parse<AnswerKindName>(panel.Kind.ToString());

    private static LabelledPanel Newest(LabelledPanel panel) =>
        panel.Questions.Count <= MostQuestions ? panel : panel with { Questions = [.. panel.Questions.Skip(panel.Questions.Count - MostQuestions)] };

    private WaitingPanel[] Waiting(LabelledRuns labelled) =>
    [
        .. labelled.Panels.Where(p => p.Questions.Count < options.Value.LeastQuestions)
            .Select(p => new WaitingPanel(p.Models, Kind(p), p.Questions.Count, options.Value.LeastQuestions)),
    ];

    [LoggerMessage(LogLevel.Information, "Fitted to labels: document {Version} of {Panels} panels; adopted: {Adopted}. {Reason}")]
    private partial void LogProposed(string version, int panels, bool adopted, string reason);
}
