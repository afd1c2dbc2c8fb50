using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

internal static class Plans
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>A plan over models m0, m1, … of families f0, f0, f1, f1, … that asks for a choice.</summary>
    public static RunPlan Of(int models, EarlyStop earlyStop = EarlyStop.Off, string strategy = Strategies.Majority) => new()
    {
        RunId = Guid.CreateVersion7(),
        RequestId = "request-1",
        CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Messages = [new ChatMessage(ChatRole.User, "Which colour?")],
        Models = [.. Enumerable.Range(0, models).Select(i => Model(i))],
        Decision = new DecisionInput { Candidates = [], Form = Choice, Strategy = strategy },
        Deadline = Deadline,
        EarlyStop = earlyStop,
        MaxOutputTokens = 100,
        Request = new StoredRequest { Prompt = "Which colour?", Models = [.. Enumerable.Range(0, models).Select(i => $"m{i}")] },
    };

    public static AnswerForm Choice { get; } = new() { Kind = AnswerKind.Choice, Choices = ["red", "green", "blue", "white"] };

    public static ModelEntry Model(int i, double? reliability = null) =>
        new() { Id = $"m{i}", Provider = "p", ProviderKind = "simulator", Name = $"m{i}", Family = $"f{i / 2}", Reliability = reliability };

    public static PanelFanOut FanOut(ScriptedModels models, FakeTimeProvider time, Func<LanguageModels.Calling.ModelCall, decimal?>? worstCase = null) =>
        new(models.AskAsync, worstCase ?? (_ => 0.01m), time, NullLogger<PanelFanOut>.Instance);
}
