using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.Runs;

public class SummaryTests
{
    [Fact]
    public async Task ASummaryTellsWhatTheRunSays()
    {
        await using var log = new TemporaryLog();
        var run = Make.Run(createdAt: Make.Noon.AddDays(1)) with
        {
            Kind = RunKind.Aggregate,
            Agreement = 0.75,
            Confidence = new ConfidenceBody(0.9, null, null, "dirichlet"),
            Stability = new StabilityBody { Level = StabilityLevel.Fragile },
            Degraded = true,
            Usage = new UsageBody(1, 2, 0.00120m),
            Timings = new TimingsBody(12.5, null, null),
            FinishedAt = Make.Noon.AddDays(1).AddSeconds(1),
            Answer = new AnswerBody(new string('x', 300), null, AnswerKindName.Text),
            Request = new StoredRequest
            {
                Messages = [new("system", "Be brief."), new("user", new string('y', 300))],
                Models = ["b", "a", "b"],
                Tags = ["z", "y", "z"],
            },
        };
        await log.SaveAsync(run);

        var summary = (await log.ListAsync(new RunFilter { Limit = 1 })).Items[0];

        Assert.Equivalent(
            new RunSummary
            {
                RunId = run.RunId,
                Kind = RunKind.Aggregate,
                Status = RunStatus.Completed,
                Outcome = Outcome.Consensus,
                Strategy = "majority",
                Prompt = new string('y', 200),
                Answer = new string('x', 200),
                Agreement = 0.75,
                Confidence = 0.9,
                Stability = StabilityLevel.Fragile,
                Models = ["b", "a", "b"],
                Degraded = true,
                CostUsd = 0.00120m,
                DurationMs = 12.5,
                Tags = ["z", "y", "z"],
                CreatedAt = run.CreatedAt,
                FinishedAt = run.FinishedAt,
            },
            summary,
            strict: true);
    }
}
