using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.AI;

namespace Consensus.ApiService.Reading;

/// <summary>What is known of a run before its body is read.</summary>
internal sealed record RunIdentity(Guid RunId, string RequestId, string? KeyId, DateTimeOffset CreatedAt);

/// <summary>A valid request: what to do, and whether the response has its candidates.</summary>
internal sealed record ReadRequest<TPlan>(TPlan Plan, IncludedParts Included);

/// <summary>Reads the body of <c>POST /v1/consensus</c> by hand, so that one answer names every violation.</summary>
internal static class ConsensusRequestReader
{
    /// <summary>Integers beyond ±2^53 do not survive a client that reads JSON numbers as doubles.</summary>
    public const long GreatestSeed = 9_007_199_254_740_991;

    /// <summary>Every member that a request may have.</summary>
    public static readonly string[] Members =
    [
        "prompt", "messages", "models", "panel", "samplesPerModel", "deadlineMs", "maxCostUsd", "earlyStop", "temperature", "maxOutputTokens", "seed", "cache", "judge",
        .. DecisionReader.Members, .. StepsReader.Members, .. LabelsReader.Members,
    ];

    /// <param name="body">The body.</param>
    /// <param name="run">What is known of the run.</param>
    /// <param name="catalog">The models that can be asked.</param>
    /// <param name="violations">What is wrong.</param>
    /// <param name="scoring">The scoring configuration in force.</param>
    /// <param name="settings">What the configuration says of strategies with steps.</param>
    /// <returns>The plan, or <c>null</c> when <paramref name="violations"/> says why not.</returns>
    public static ReadRequest<RunPlan>? Read(
        JsonElement body, RunIdentity run, ModelCatalog catalog, Violations violations, VersionedScoringConfig? scoring = null, StepSettings? settings = null)
    {
        if (ObjectReader.Open(body, "", violations, Members) is not { } request)
        {
            return null;
        }

        MessagesReader.CheckExactlyOne(request);
        var prompt = MessagesReader.Prompt(request);
        var messages = MessagesReader.Messages(request);
        var strategy = DecisionReader.Strategy(request);
        var panel = PanelReader.Read(request, catalog, strategy.Policy);
        var decision = DecisionReader.Read(request, strategy, panel.Answers, [.. catalog.Models.Select(m => m.Id)], Configured(panel));
        var judge = JudgeWishReader.Read(request, scoring);
        var stored = Store(request, panel, decision) with { Prompt = prompt, Messages = messages };
        var steps = StepsReader.Read(request, strategy, panel, stored.EarlyStop);
        stored = stored with { Ranking = steps?.AskedRanking, Cascade = steps?.AskedCascade };
        steps = steps is null ? null : steps with { Catalog = catalog, Synthesizer = settings?.Synthesizer };
        var cache = request.Flag("cache") ?? true;
        CheckPrices(request, steps?.Asks(panel.Models) ?? panel.Models, stored);
        var (included, parent) = (LabelsReader.Included(request), LabelsReader.Parent(request));
        return violations.None
            ? new ReadRequest<RunPlan>(Plan(run, stored, panel, decision) with { Judge = judge, Steps = steps, Cache = cache, ParentRunId = parent }, included)
            : null;
    }

    private static StoredRequest Store(ObjectReader request, AskedPanel panel, AskedDecision decision) => new()
    {
        Models = [.. panel.Models.Select(m => m.Id)],
        Panel = panel.Name,
        SamplesPerModel = panel.Samples,
        Quorum = decision.Quorum,
        MinResponses = decision.Input.MinResponses,
        Answer = decision.Answer,
        Reliability = decision.Reliability,
        DeadlineMs = request.Whole("deadlineMs", Limits.MinDeadlineMs, Limits.MaxDeadlineMs) ?? Limits.DefaultDeadlineMs,
        MaxCostUsd = request.Money("maxCostUsd"),
        EarlyStop = request.OneOf<EarlyStop>("earlyStop") ?? (decision.Input.Strategy == Strategies.SelfConsistency ? EarlyStop.Adaptive : EarlyStop.Off),
        Category = LabelsReader.Category(request),
        Temperature = request.Number("temperature", t => t is >= 0 and <= Limits.MaxTemperature, $"0 to {Limits.MaxTemperature}"),
        MaxOutputTokens = request.Whole("maxOutputTokens", 1, Limits.MaxOutputTokens) ?? Limits.DefaultMaxOutputTokens,
        Seed = request.Whole("seed", -GreatestSeed, GreatestSeed),
        Tags = LabelsReader.Tags(request),
        Metadata = LabelsReader.Metadata(request),
    };

    private static RunPlan Plan(RunIdentity run, StoredRequest stored, AskedPanel panel, AskedDecision decision) => new()
    {
        RunId = run.RunId,
        RequestId = run.RequestId,
        KeyId = run.KeyId,
        CreatedAt = run.CreatedAt,
        Messages = stored.Messages is { } messages ? [.. messages.Select(Chat)] : [new ChatMessage(ChatRole.User, stored.Prompt)],
        Models = panel.Models,
        SamplesPerModel = panel.Samples,
        Decision = decision.Input,
        Deadline = TimeSpan.FromMilliseconds(stored.DeadlineMs!.Value),
        MaxCostUsd = stored.MaxCostUsd,
        EarlyStop = stored.EarlyStop,
        Temperature = stored.Temperature,
        MaxOutputTokens = stored.MaxOutputTokens!.Value,
        Seed = stored.Seed,
        Request = stored,
    };

    private static ChatMessage Chat(RequestMessage message) => new(new ChatRole(message.Role), message.Content);

    private static Dictionary<string, double> Configured(AskedPanel panel) =>
        panel.Models.Where(m => m.Reliability is not null).ToDictionary(m => m.Id, m => m.Reliability!.Value);

    private static void CheckPrices(ObjectReader request, IEnumerable<ModelEntry> models, StoredRequest stored)
    {
        if (stored.MaxCostUsd is null)
        {
            return;
        }

        foreach (var model in models.Where(m => m.InputUsdPerMillion is null || m.OutputUsdPerMillion is null))
        {
            request.Violations.Add("maxCostUsd", FieldCodes.PriceUnknown, $"The model {Shown.Text(model.Id)} has no configured price, so a cap on the cost cannot be kept.");
        }
    }
}
