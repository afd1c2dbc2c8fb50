using System.Text.Json;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Reading;

/// <summary>How to decide, and which of it the request itself said.</summary>
internal sealed record AskedDecision(DecisionInput Input, double? Quorum, AnswerRequest? Answer, IReadOnlyDictionary<string, double>? Reliability);

/// <summary>A strategy: how the vote is taken, and what steps follow it.</summary>
/// <param name="Policy">The vote; under steps that of <c>majority</c>.</param>
/// <param name="Steps">The strategy that asks models more than once; <c>null</c> for one that only votes.</param>
internal sealed record AskedStrategy(DecisionPolicy Policy, StepStrategy? Steps)
{
    /// <summary>The name that was asked for.</summary>
    public string Name => Steps?.Name ?? Policy.Name;
}

/// <summary>Reads how to decide: strategy, quorum, least answers, reliability. The members are the same for a run and for an aggregate.</summary>
internal static class DecisionReader
{
    public static readonly string[] Members = ["strategy", "quorum", "minResponses", "answer", "reliability"];

    private const int Entries = Limits.AggregateAnswers;

    /// <summary>The strategy by name, for a run that may ask models.</summary>
    public static AskedStrategy Strategy(ObjectReader request)
    {
        string[] names = [.. DecisionPolicies.All.Select(p => p.Name), .. StepStrategies.All.Select(s => s.Name)];
        var name = request.OneOf("strategy", names, FieldCodes.UnknownStrategy) ?? Strategies.Majority;
        return new AskedStrategy(DecisionPolicies.Find(name) ?? DecisionPolicies.Find(Strategies.Majority)!, StepStrategies.Find(name));
    }

    /// <summary>The strategy by name, where no model is called.</summary>
    public static AskedStrategy PureStrategy(ObjectReader request)
    {
        string[] names = [.. DecisionPolicies.All.Select(p => p.Name)];
        if (request.Any("strategy") is { ValueKind: JsonValueKind.String } value && Texts.Read(value, "strategy", request.Violations) is { } asked && StepStrategies.Find(asked) is not null)
        {
            request.Violations.Add("strategy", FieldCodes.UnknownStrategy,
                $"The strategy {asked} asks models again, and an aggregate asks none: `POST /v1/consensus` takes it.", Allowed.Names(names));
            return new AskedStrategy(DecisionPolicies.Find(Strategies.Majority)!, null);
        }

        return new AskedStrategy(DecisionPolicies.Find(request.OneOf("strategy", names, FieldCodes.UnknownStrategy) ?? Strategies.Majority)!, null);
    }

    /// <param name="request">The request.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="asked">How many answers the panel gives, where that is known by now.</param>
    /// <param name="models">The models whose reliability may be given.</param>
    /// <param name="configured">Reliabilities from the configuration; the request's own win.</param>
    public static AskedDecision Read(
        ObjectReader request, AskedStrategy strategy, int? asked, IReadOnlyCollection<string> models, IReadOnlyDictionary<string, double> configured)
    {
        var quorum = request.Number("quorum", q => q is >= 0 and < 1, "at least 0, less than 1");
        if (request.Has("quorum") && !strategy.Policy.UsesQuorum)
        {
            request.Contradiction("quorum", $"The strategy {strategy.Name} has a quorum of its own; leave `quorum` out.");
        }

        var answer = AnswerFormReader.Read(request);
        var given = Reliability(request, strategy, models);
        var reliability = new Dictionary<string, double>(configured);
        foreach (var (model, value) in given ?? [])
        {
            reliability[model] = value;
        }

        var input = new DecisionInput
        {
            Candidates = [],
            Strategy = strategy.Policy.Name,
            Form = answer.Form,
            Quorum = quorum ?? Limits.DefaultQuorum,
            MinResponses = MinResponses(request, asked),
            Reliability = reliability,
        };
        return new AskedDecision(input, quorum, answer.Given, given);
    }

    private static int? MinResponses(ObjectReader request, int? asked)
    {
        var least = request.Whole("minResponses", 1, Limits.AggregateAnswers);
        if (least > asked)
        {
            request.Violations.Add(request.Field("minResponses"), FieldCodes.Contradiction,
                $"{least} answers are needed, but only {asked} are asked for.", Allowed.Range(1, asked.Value));
        }

        return least;
    }

    private static Dictionary<string, double>? Reliability(ObjectReader request, AskedStrategy strategy, IReadOnlyCollection<string> models)
    {
        if (request.Any("reliability") is not { } value || ObjectReader.OpenMap(value, request.Field("reliability"), request.Violations) is not { } given)
        {
            return null;
        }

        if (strategy.Name != Strategies.Weighted)
        {
            request.Contradiction("reliability", $"Reliability weighs the votes of the strategy {Strategies.Weighted} only; the strategy is {strategy.Name}.");
        }

        if (given.Members.Count > Entries)
        {
            request.Violations.Add(request.Field("reliability"), FieldCodes.TooMany,
                $"There are {given.Members.Count} entries; at most {Entries} are allowed.", Allowed.Range(0, Entries));
        }

        var reliabilities = new Dictionary<string, double>();
        foreach (var (model, entry) in given.Members.Take(Entries))
        {
            var field = given.Field(model);
            if (!models.Contains(model))
            {
                request.Violations.Add(field, FieldCodes.UnknownModel, $"There is no model {Shown.Text(model)} here.", Allowed.Names(models));
            }

            if (Numbers.Read(entry, field, request.Violations, r => r is > 0 and < 1, "more than 0, less than 1") is { } reliability)
            {
                reliabilities[model] = reliability;
            }
        }

        return reliabilities;
    }
}
