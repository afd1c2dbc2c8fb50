using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Reading;

/// <summary>How to decide, and which of it the request itself said.</summary>
internal sealed record AskedDecision(DecisionInput Input, double? Quorum, AnswerRequest? Answer, IReadOnlyDictionary<string, double>? Reliability);

/// <summary>Reads how to decide: strategy, quorum, least answers, reliability. The members are the same for a run and for an aggregate.</summary>
internal static class DecisionReader
{
    public static readonly string[] Members = ["strategy", "quorum", "minResponses", "answer", "reliability"];

    private const int Entries = Limits.AggregateAnswers;

    public static DecisionPolicy Strategy(ObjectReader request)
    {
        var name = request.OneOf("strategy", [.. DecisionPolicies.All.Select(p => p.Name)], FieldCodes.UnknownStrategy);
        return DecisionPolicies.Find(name ?? Strategies.Majority)!;
    }

    /// <param name="request">The request.</param>
    /// <param name="policy">The strategy.</param>
    /// <param name="asked">How many answers the panel gives, where that is known by now.</param>
    /// <param name="models">The models whose reliability may be given.</param>
    /// <param name="configured">Reliabilities from the configuration; the request's own win.</param>
    public static AskedDecision Read(
        ObjectReader request, DecisionPolicy policy, int? asked, IReadOnlyCollection<string> models, IReadOnlyDictionary<string, double> configured)
    {
        var quorum = request.Number("quorum", q => q is >= 0 and < 1, "at least 0, less than 1");
        if (request.Has("quorum") && !policy.UsesQuorum)
        {
            request.Contradiction("quorum", $"The strategy {policy.Name} has a quorum of its own; leave `quorum` out.");
        }

        var answer = AnswerFormReader.Read(request);
        var given = Reliability(request, policy, models);
        var reliability = new Dictionary<string, double>(configured);
        foreach (var (model, value) in given ?? [])
        {
            reliability[model] = value;
        }

        var input = new DecisionInput
        {
            Candidates = [],
            Strategy = policy.Name,
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

    private static Dictionary<string, double>? Reliability(ObjectReader request, DecisionPolicy policy, IReadOnlyCollection<string> models)
    {
        if (request.Any("reliability") is not { } value || ObjectReader.OpenMap(value, request.Field("reliability"), request.Violations) is not { } given)
        {
            return null;
        }

        if (policy.Name != Strategies.Weighted)
        {
            request.Contradiction("reliability", $"Reliability weighs the votes of the strategy {Strategies.Weighted} only; the strategy is {policy.Name}.");
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
