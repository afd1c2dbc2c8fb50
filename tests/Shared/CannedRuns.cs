using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Models;
using Consensus.Contracts.Runs;

namespace Consensus.Testing;

/// <summary>A run as the API would tell it: four of five models agree, or do not, as a test needs.</summary>
internal static class CannedRuns
{
    public static readonly Guid Id = Guid.Parse("0193b1f0-0000-7000-8000-000000000001");

    public static readonly string[] Models = ["sim/atlas", "sim/birch", "sim/cedar", "sim/delta", "sim/ember"];

    public static string Problem(ErrorCode code, string? detail = null, params FieldError[] errors) => JsonSerializer.Serialize(
        new ProblemBody
        {
            Type = code.Type, Title = code.Title, Status = code.Status, Code = code.Code, Retryable = code.Retryable, Detail = detail, RequestId = "req-7",
            Errors = errors.Length > 0 ? errors : null,
        },
        ConsensusJson.Default.ProblemBody);

    public static string Started() => JsonSerializer.Serialize(
        new RunStarted(Id, "majority", Models, 1, 60_000, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), ConsensusJson.Default.RunStarted);

    /// <summary>The candidate of a model by its place in the panel.</summary>
    public static CandidateBody Candidate(int id, string answer, string? text = null) => new()
    {
        Id = id, Model = Models[id], Family = Models[id][4..], Status = CandidateStatus.Answered, Text = text ?? $"The answer is {answer}.",
        Answer = Answer(answer), Attempts = 1, LatencyMs = 120 + (id * 40), Usage = new UsageBody(20, 9, null),
    };

    public static CandidateBody Failed(int id, FailureReason reason, string message) => new()
    {
        Id = id, Model = Models[id], Family = Models[id][4..], Status = reason == FailureReason.NoAnswer ? CandidateStatus.NoAnswer : CandidateStatus.Failed,
        Error = new CandidateErrorBody(reason, message), Attempts = 2, LatencyMs = 900,
    };

    public static ClusterBody Cluster(int id, string answer, params int[] candidates) => new()
    {
        Id = id, Answer = Answer(answer), Size = candidates.Length, Weight = candidates.Length, Share = candidates.Length / 5.0,
        Models = [.. candidates.Select(c => Models[c])], Candidates = candidates,
    };

    public static AnswerBody Answer(string text) => int.TryParse(text, out var number)
        ? new AnswerBody(text, JsonSerializer.SerializeToElement(number), AnswerKindName.Number)
        : new AnswerBody(text, JsonSerializer.SerializeToElement(text), AnswerKindName.Text);

    /// <summary>Three say 391, one says 401, one timed out.</summary>
    public static ConsensusResponse Verdict(string answer = "391", string dissent = "401") => new()
    {
        RunId = Id, RequestId = "req-7", Status = RunStatus.Completed, Outcome = Outcome.Consensus, Strategy = "majority", Answer = Answer(answer),
        Agreement = 0.6, Margin = 0.4, Entropy = 0.41, Degraded = true,
        Confidence = new ConfidenceBody(0.874, null, null, "dirichlet_multinomial"),
        Stability = new StabilityBody { Score = 0.4, Level = StabilityLevel.Fragile, FlipSet = ["sim/atlas", "sim/birch", "sim/cedar"], FlipProbability = 0.23104 },
        Clusters = [Cluster(0, answer, 0, 1, 2), Cluster(1, dissent, 3)],
        Candidates =
        [
            Candidate(0, answer) with { Cluster = 0, Weight = 1 }, Candidate(1, answer) with { Cluster = 0, Weight = 1 }, Candidate(2, answer) with { Cluster = 0, Weight = 1 },
            Candidate(3, dissent) with { Cluster = 1, Weight = 1 }, Failed(4, FailureReason.Timeout, "No answer within 60 s."),
        ],
        Calls = new CallsBody(5, 5, false), Usage = new UsageBody(100, 45, null), Timings = new TimingsBody(1312, 1290, 22),
        Request = new StoredRequest { Prompt = "What is 17 * 23?", Models = Models },
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Links = new Dictionary<string, string> { ["self"] = $"/v1/runs/{Id}" },
    };

    /// <summary>Two against two, one without an answer.</summary>
    public static ConsensusResponse Undecided() => Verdict() with
    {
        Outcome = Outcome.NoConsensus,
        Answer = null,
        Agreement = 0.4,
        Margin = 0,
        Confidence = null,
        Stability = new StabilityBody { Level = StabilityLevel.Contested },
        Clusters = [Cluster(0, "391", 0, 1), Cluster(1, "401", 2, 3)],
    };

    /// <summary>A run as it is read back from a log that stores no content.</summary>
    public static ConsensusResponse WithoutContent(ConsensusResponse run) => run with
    {
        Answer = null,
        Clusters = [.. run.Clusters.Select(cluster => cluster with { Answer = new AnswerBody("", default, cluster.Answer.Kind) })],
        Candidates =
        [
            .. run.Candidates!.Select(candidate => candidate with
            {
                Text = null, Answer = null, Error = candidate.Error is { } error ? error with { Message = "" } : null,
            }),
        ],
        Request = new StoredRequest { Models = Models },
    };

    public static RunSummary Summary(string prompt, string? answer, Outcome outcome) => new()
    {
        RunId = Id, Status = RunStatus.Completed, Outcome = outcome, Strategy = "majority", Prompt = prompt, Answer = answer, Agreement = 0.6, Confidence = 0.874,
        Stability = StabilityLevel.Fragile, Models = Models, DurationMs = 1312, CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public static string Json(CandidateBody candidate) => JsonSerializer.Serialize(candidate, ConsensusJson.Default.CandidateBody);

    public static string Json(ConsensusResponse run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse);

    public static string Json(ClustersSoFar clusters) => JsonSerializer.Serialize(clusters, ConsensusJson.Default.ClustersSoFar);

    public static string Json(Page<RunSummary> page) => JsonSerializer.Serialize(page, ConsensusJson.Default.PageRunSummary);

    public static string ModelsJson() => JsonSerializer.Serialize(
        new ModelList(
            [.. Models.Select(m => new ModelInfo { Id = m, Provider = "sim", Family = m[4..], Simulated = true })],
            new Dictionary<string, IReadOnlyList<string>> { ["default"] = Models, ["pair"] = Models[..2] }),
        ConsensusJson.Default.ModelList);

    public static string StrategiesJson() => JsonSerializer.Serialize(
        new StrategyList(
        [
            new StrategyInfo("majority", "The largest cluster wins.", "dirichlet_multinomial", false),
            new StrategyInfo("unanimous", "Every usable answer agrees.", "dirichlet_multinomial", false),
            new StrategyInfo("weighted", "Votes weighted by reliability.", "weighted_posterior", false),
        ]),
        ConsensusJson.Default.StrategyList);
}
