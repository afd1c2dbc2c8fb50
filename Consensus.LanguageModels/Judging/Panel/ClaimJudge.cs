using System.Text.Json;
using Consensus.Core.Judging;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Asks a judge whether claims are borne out by other texts: by what other candidates wrote, or by passages of documents.</summary>
public static class ClaimJudge
{
    /// <summary>At most so many claims are put in one question, so that the answer stays short of its cap.</summary>
    public const int MostClaims = 10;

    private static readonly (string Word, ClaimLabel Label)[] Labels =
        [("supported", ClaimLabel.Supported), ("contradicted", ClaimLabel.Contradicted), ("not_enough", ClaimLabel.NotEnough)];

    /// <summary>The prompt in use.</summary>
    public static PromptTemplate Prompt { get; } = PromptTemplates.Get("claims@1");

    /// <summary>The word for a label on the wire.</summary>
    public static string WordOf(ClaimLabel label) => Array.Find(Labels, entry => entry.Label == label).Word;

    /// <summary>The question to the judge.</summary>
    /// <param name="ask">The judge and the run.</param>
    /// <param name="claims">1 to <see cref="MostClaims"/> claims.</param>
    /// <param name="sources">At least one text to hold them against.</param>
    /// <exception cref="ArgumentException">There are too few or too many claims.</exception>
    public static StructuredQuestion<ClaimLabels> Question(JudgeAsk ask, IReadOnlyList<string> claims, IReadOnlyList<ClaimSource> sources)
    {
        if (claims.Count is 0 or > MostClaims)
        {
            throw new ArgumentException($"A question has 1 to {MostClaims} claims, not {claims.Count}.", nameof(claims));
        }

        var ticket = Ticket.Of(ask.Id, [Prompt.Id, ask.Judge, claims.Count.ToString(null, null), .. claims, .. sources.Select(source => source.Text)]);
        var schema = Shape.Answer("labels", ("claims", Shape.List(Shape.Object(
            ("claim", Shape.Whole("The claim's number.")), ("rationale", Shape.Text("The reason for the label.")),
            ("label", Shape.OneOf(Labels.Select(entry => entry.Word), "The label."))))));
        return new StructuredQuestion<ClaimLabels>
        {
            Call = ask.Call(Prompt.Fill(
                ("ticket", ticket), ("question", QuestionText.Fenced(ask.Messages, ticket)),
                ("claims", string.Join("\n\n", claims.Select((claim, i) => Fence.Around($"claim {i + 1}", claim, ticket)))),
                ("sources", string.Join("\n\n", sources.Select((source, i) => Fence.Around(Name(source, i), source.Text, ticket)))),
                ("schema", schema.Schema.GetRawText()))),
            Schema = schema,
            Ticket = ticket,
            Read = root => Read(root, claims.Count),
        };
    }

    private static string Name(ClaimSource source, int i) => source.Times > 1 ? $"source {i + 1}, {source.Times} times" : $"source {i + 1}";

    private static Reading<ClaimLabels> Read(JsonElement root, int count)
    {
        var labels = new LabelledClaim?[count];
        foreach (var entry in root.GetProperty("claims").EnumerateArray())
        {
            var number = entry.GetProperty("claim").GetInt32();
            if (number < 1 || number > count || labels[number - 1] is not null)
            {
                return new(null, $"\"claim\" must be each of the numbers 1 to {count} once");
            }

            var word = entry.GetProperty("label").GetString();
            var at = Array.FindIndex(Labels, label => ShapeCheck.Is(word, label.Word));
            labels[number - 1] = new LabelledClaim(at < 0 ? null : Labels[at].Label, Rationale.Bounded(entry.GetProperty("rationale").GetString()!));
        }

        return new(
            Array.TrueForAll(labels, label => label?.Label is null) ? null : new ClaimLabels(labels),
            Array.Exists(labels, label => label is null) ? $"\"claims\" must have an entry for each of the numbers 1 to {count}" : null);
    }
}

/// <summary>A text that claims are held against.</summary>
/// <param name="Text">The text.</param>
/// <param name="Times">How many independent authors wrote it, at least 1.</param>
public sealed record ClaimSource(string Text, int Times = 1);

/// <summary>A judge's labels of claims.</summary>
/// <param name="Claims">One entry per claim, in their order; <c>null</c> for one that the judge left out.</param>
public sealed record ClaimLabels(IReadOnlyList<LabelledClaim?> Claims);

/// <summary>A judge's label of a claim.</summary>
/// <param name="Label">The label; <c>null</c> when the judge's word is none.</param>
/// <param name="Rationale">Why.</param>
public sealed record LabelledClaim(ClaimLabel? Label, string Rationale);
