using Consensus.Contracts.Fitting;
using Consensus.Storage.Documents;
using Consensus.Storage.Fitting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Fitting;

/// <summary>Puts fitted documents in force: stored first, where runs are stored, then swapped. One at a time.</summary>
internal sealed partial class FittedRegister(FittedHolder holder, RunLog log, ILogger<FittedRegister> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Puts a document in force; the same once more changes nothing.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public async Task<FittedReceipt> PutAsync(FittedState state, string? keyId)
    {
        await _one.WaitAsync();
        try
        {
            if (log.IsEnabled)
            {
                // Not cancelled with its caller: what is stored and what is in force must not part.
                await log.PutFittedAsync(state, keyId, CancellationToken.None);
            }

            return new FittedReceipt(state.Version, Swap(state), log.IsEnabled);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stores a proposal, and puts its document in force where it is to be and what it was compared with still is.</summary>
    /// <param name="state">The proposed document.</param>
    /// <param name="basedOn">The version that it was compared with.</param>
    /// <param name="adopt">Whether it is to come in force.</param>
    /// <param name="labelSeq">The newest label that it knew.</param>
    /// <param name="tell">Makes the proposal: whether it comes in force, and why not although it was to.</param>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public async Task<CalibrationProposal> ProposeAsync(
        FittedState state, string? basedOn, bool adopt, long labelSeq, Func<bool, string?, CalibrationProposal> tell)
    {
        await _one.WaitAsync();
        try
        {
            var overtaken = adopt && holder.Current?.Version != basedOn;
            var proposal = tell(adopt && !overtaken, overtaken ? "Another document came in force meanwhile, with which this was not compared." : null);
            await log.ProposeAsync(proposal, state, labelSeq, CancellationToken.None);
            if (proposal.Adopted)
            {
                Swap(state);
            }

            return proposal;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Puts the newest stored document in force; where none is stored, stores the one that is in force by the configuration.</summary>
    /// <exception cref="RunLogUnavailableException">The store cannot be read or written.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!log.IsEnabled)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await log.FindFittedAsync(cancellationToken) is { } stored)
            {
                Take(FittedReader.Read(stored));
            }
            else if (holder.Current is { } seed)
            {
                await log.PutFittedAsync(seed, keyId: null, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private void Take(DocumentReading<FittedState> reading)
    {
        if (reading.State is { } state)
        {
            Swap(state);
            return;
        }

        // A later version of this program may have stored what this one does not know.
        LogRefused(reading.Count, reading.Errors[0].Field, reading.Errors[0].Message);
    }

    private bool Swap(FittedState state)
    {
        if (holder.Current?.Version == state.Version)
        {
            return false;
        }

        holder.Current = state;
        LogInForce(state.Version, state.FittedAt, state.Panels.Count);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "The fitted document {Version} of {FittedAt:O} is in force for {Panels} panels")]
    private partial void LogInForce(string version, DateTimeOffset fittedAt, int panels);

    [LoggerMessage(LogLevel.Error, "The stored fitted document is not usable and not in force: {Count} violations, the first at {Field}: {Message}")]
    private partial void LogRefused(int count, string field, string message);
}
