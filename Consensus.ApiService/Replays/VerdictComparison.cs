using System.Text.Json;
using Consensus.ApiService.Http;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Replays;

/// <summary>What differs between two verdicts on the same candidates.</summary>
internal static class VerdictComparison
{
    /// <summary>Numbers that differ by no more are the same: the last digits of a logarithm are the machine's own.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>What of a run follows from its candidates.</summary>
    public static ReplayVerdict VerdictOf(ConsensusResponse run) => new()
    {
        Outcome = run.Outcome,
        Answer = run.Answer,
        Agreement = run.Agreement,
        Margin = run.Margin,
        Entropy = run.Entropy,
        EntropyCorrected = run.EntropyCorrected,
        Confidence = run.Confidence,
        Stability = run.Stability,
        Clusters = run.Clusters,
        Votes =
        [
            .. (run.Candidates ?? []).Select(static candidate =>
                new ReplayVote(candidate.Id, candidate.Status, candidate.Answer, candidate.Cluster, candidate.Weight)),
        ],
    };

    /// <summary>What differs, member by member, in the order of the verdict; of lists of different lengths the whole list.</summary>
    public static IReadOnlyList<ReplayDifference> Compare(ReplayVerdict was, ReplayVerdict now)
    {
        List<ReplayDifference> differences = [];
        Compare("", Json(was), Json(now), differences);
        return differences;
    }

    private static void Compare(string field, JsonElement was, JsonElement now, List<ReplayDifference> differences)
    {
        switch (was.ValueKind, now.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object) when Names(was).SequenceEqual(Names(now), StringComparer.Ordinal):
                foreach (var member in was.EnumerateObject())
                {
                    Compare(field.Length == 0 ? member.Name : $"{field}.{member.Name}", member.Value, now.GetProperty(member.Name), differences);
                }

                break;
            case (JsonValueKind.Array, JsonValueKind.Array) when was.GetArrayLength() == now.GetArrayLength() && IsOfObjects(was):
                for (var i = 0; i < was.GetArrayLength(); i++)
                {
                    Compare($"{field}[{i}]", was[i], now[i], differences);
                }

                break;
            default:
                if (!IsSame(was, now))
                {
                    differences.Add(new ReplayDifference(field, Given(was), Given(now)));
                }

                break;
        }
    }

    private static bool IsSame(JsonElement was, JsonElement now) => (was.ValueKind, now.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => JsonElement.DeepEquals(was, now) || Math.Abs(was.GetDouble() - now.GetDouble()) <= Tolerance,
        _ => JsonElement.DeepEquals(was, now),
    };

    private static bool IsOfObjects(JsonElement list) => list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object;

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(static member => member.Name);

    private static JsonElement? Given(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value;

    private static JsonElement Json(ReplayVerdict verdict) => JsonSerializer.SerializeToElement(verdict, WireJson.Default.ReplayVerdict);
}
