using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Tests.Making;

/// <summary>Small runs, and runs as text to compare.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static ConsensusResponse Run(RunStatus status = RunStatus.Completed, Guid? id = null, DateTimeOffset? createdAt = null) => new()
    {
        RunId = id ?? Guid.CreateVersion7(createdAt ?? Noon),
        Status = status,
        Strategy = "majority",
        Outcome = status == RunStatus.Completed ? Outcome.Consensus : null,
        Answer = status == RunStatus.Completed ? new AnswerBody("391", JsonElement.Parse("391"), AnswerKindName.Number) : null,
        CreatedAt = createdAt ?? Noon,
        Candidates = [],
        Request = new StoredRequest { Prompt = "What is 17 * 23?", Models = ["sim/ada", "sim/bob"] },
    };

    public static string Json(ConsensusResponse? run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse!);
}
