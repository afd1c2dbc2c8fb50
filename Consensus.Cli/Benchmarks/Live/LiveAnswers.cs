using Consensus.Cli.Benchmarks.Answers;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;
using CoreLevel = Consensus.Core.Stability.StabilityLevel;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>Answers of a running system to the questions of a suite, held against the right ones.</summary>
internal sealed class LiveAnswers(LiveApi api, ReplayOptions options)
{
    private const double Epsilon = 1e-9;

    private volatile string? _firstFailure;

    /// <summary>Asks one question; a failed run is a wrong answer with the code of its failure.</summary>
    public async ValueTask<QuestionResult> AnswerAsync(SuiteItem item, CancellationToken cancellationToken)
    {
        var reply = await api.AskAsync(RequestOf(item), cancellationToken);
        _firstFailure ??= reply.Reason;
        return reply.Run is { } run ? Score(item, run, reply.Milliseconds) : new QuestionResult
        {
            Id = item.Id,
            Category = item.Category,
            Correct = 0,
            Confidence = 0,
            Outcome = DecisionOutcome.QuorumNotMet,
            Stability = CoreLevel.Insufficient,
            Calls = 0,
            Members = [],
            Error = reply.Error,
        };
    }

    /// <summary>Gives failed questions the panel of the others, none of whom answered.</summary>
    /// <exception cref="InvalidDataException">All failed.</exception>
    public QuestionResult[] Complete(QuestionResult[] questions)
    {
        var panel = questions.FirstOrDefault(static question => question.Error is null)?.Members
            ?? throw new InvalidDataException($"Every run failed: {Failures(questions)}. {_firstFailure}".TrimEnd());
        MemberResult[] silent = [.. panel.Select(static member => new MemberResult(member.Model, false, false))];
        return [.. questions.Select(question => question.Error is null ? question : question with { Members = silent })];
    }

    /// <summary>How often which failure came, in words; empty without one.</summary>
    public static string Failures(QuestionResult[] questions) => string.Join(
        ", ", questions.Select(static question => question.Error).OfType<string>().CountBy(static code => code).Select(static pair => $"{pair.Value} × {pair.Key}"));

    private ConsensusRequest RequestOf(SuiteItem item) => new()
    {
        Prompt = string.Join('\n', [item.Question, .. (item.Choices ?? []).Select(static (choice, i) => $"{(char)('A' + i)}) {choice}")]),
        Answer = new AnswerRequest
        {
            Kind = options.DetectKind ? AnswerKindName.Auto : Enum.Parse<AnswerKindName>(AnswerSuite.KindOf(item).ToString()),
            Choices = item.Choices is { Count: > 0 } choices ? choices : null,
        },
        Category = item.Category,
        Strategy = options.Strategy,
        EarlyStop = EarlyStop.Off, // every member is measured
    };

    private static QuestionResult Score(SuiteItem item, ConsensusResponse run, double milliseconds)
    {
        var gold = SuiteQuestion.GoldOf(item)!;
        AnswerBody[] leaders = run.Answer is { } winner ? [winner]
            : [.. run.Clusters.TakeWhile(cluster => cluster.Weight >= run.Clusters[0].Weight - Epsilon).Select(static cluster => cluster.Answer)];
        return new QuestionResult
        {
            Id = item.Id,
            Category = item.Category,
            Correct = leaders.Any(IsRight) ? 1.0 / leaders.Length : 0,
            // Without a winner the API gives no confidence: the leader's share stands for it.
            Confidence = run.Confidence?.Raw ?? (run.Clusters is [var first, ..] ? first.Share : 0),
            Calibrated = run.Confidence?.Calibrated,
            Outcome = Enum.Parse<DecisionOutcome>(run.Outcome.ToString()!),
            Stability = run.Stability is { } stability ? Enum.Parse<CoreLevel>(stability.Level.ToString()) : CoreLevel.Insufficient,
            Calls = run.Calls?.Started ?? 0,
            Members = [.. (run.Candidates ?? []).Select(candidate => new MemberResult(candidate.Model, candidate.Answer is not null, IsRight(candidate.Answer)))],
            Microseconds = (run.Timings?.OverheadMs ?? 0) * 1_000,
            LatencyMs = milliseconds,
        };

        bool IsRight(AnswerBody? shown) => shown is not null && gold.Is(AnswerReader.ReadOne(shown.Text, SuiteQuestion.FormOf(item)));
    }
}
