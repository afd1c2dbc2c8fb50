using System.Text.Json;
using Consensus.Core.Evidence.Matching;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.LanguageModels.Judging.Entailment;

/// <summary>One question to a judge: some claims against numbered passages.</summary>
internal static class EntailmentQuestion
{
    private static readonly (string Word, EvidenceLabel Label)[] Labels =
        [("supported", EvidenceLabel.Supported), ("contradicted", EvidenceLabel.Contradicted), ("not_enough", EvidenceLabel.NotEnough)];

    public static StructuredQuestion<Judged> Of(JudgeAsk ask, PromptTemplate prompt, IReadOnlyList<string> claims, IReadOnlyList<string> passages)
    {
        var ticket = Ticket.Of(ask.Id, [prompt.Id, ask.Judge, claims.Count.ToString(null, null), .. claims, .. passages]);
        var schema = Shape.Answer("entailment", ("claims", Shape.List(Shape.Object(
            ("claim", Shape.Whole("The claim's number.")), ("rationale", Shape.Text("The reason for the label.")),
            ("passages", Shape.List(Shape.Whole("The number of a passage that supports or contradicts the claim."))),
            ("label", Shape.OneOf(Labels.Select(entry => entry.Word), "The label."))))));
        return new StructuredQuestion<Judged>
        {
            Call = ask.Call(prompt.Fill(
                ("ticket", ticket), ("question", QuestionText.Fenced(ask.Messages, ticket)), ("claims", Fenced("claim", claims, ticket)),
                ("passages", Fenced("passage", passages, ticket)), ("schema", schema.Schema.GetRawText()))),
            Schema = schema,
            Ticket = ticket,
            Read = root => Read(root.GetProperty("claims"), claims.Count, passages.Count),
        };
    }

    private static string Fenced(string name, IReadOnlyList<string> texts, string ticket) =>
        string.Join("\n\n", texts.Select((text, i) => Fence.Around($"{name} {i + 1}", text, ticket)));

    /// <summary>Reads what can be used: a claim named twice, a passage that is not there and a label without a passage spoil that claim's label alone.</summary>
    private static Reading<Judged> Read(JsonElement entries, int claims, int passages)
    {
        var judged = new JudgedClaim?[claims];
        var problem = default(string);
        foreach (var entry in entries.EnumerateArray())
        {
            if (!entry.GetProperty("claim").TryGetInt32(out var number) || number < 1 || number > claims || judged[number - 1] is not null)
            {
                return new(null, $"\"claim\" must be each of the numbers 1 to {claims} once");
            }

            var label = Array.Find(Labels, label => ShapeCheck.Is(entry.GetProperty("label").GetString(), label.Word)) is { Word: not null } known ? known.Label : (EvidenceLabel?)null;
            var named = Numbers(entry.GetProperty("passages"), passages);
            if (named is null || (label is EvidenceLabel.Supported or EvidenceLabel.Contradicted && named.Count == 0))
            {
                (label, problem) = (null, $"\"passages\" must name at least one of the passages 1 to {passages} with \"supported\" and \"contradicted\"");
            }

            judged[number - 1] = new JudgedClaim(
                label, label is null or EvidenceLabel.NotEnough ? [] : named!, label is null ? null : Rationale.Bounded(entry.GetProperty("rationale").GetString()!));
        }

        return new(
            Array.TrueForAll(judged, claim => claim?.Label is null) ? null : new Judged(judged),
            Array.Exists(judged, claim => claim is null) ? $"\"claims\" must have an entry for each of the numbers 1 to {claims}" : problem);
    }

    private static List<int>? Numbers(JsonElement list, int passages)
    {
        SortedSet<int> numbers = [];
        foreach (var element in list.EnumerateArray())
        {
            if (!element.TryGetInt32(out var number) || number < 1 || number > passages)
            {
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>What was read of one reply.</summary>
    /// <param name="Claims">One entry a claim; <c>null</c> for one that was left out.</param>
    internal sealed record Judged(IReadOnlyList<JudgedClaim?> Claims);
}
