using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Core.Claims;
using Consensus.Core.Evidence.Citations;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>A valid request to check an answer that the caller has.</summary>
/// <param name="Answer">The answer, as its author wrote it.</param>
/// <param name="Question">What it answers; <c>null</c> where that was not said.</param>
/// <param name="Others">Other answers to it.</param>
/// <param name="Wish">Where the passages come from, and what is done with claims.</param>
/// <param name="Inline">The passages of the documents that came with it.</param>
/// <param name="ParentRunId">The run because of which it is checked; <c>null</c> where the caller named none.</param>
internal sealed record EvidenceCheck(
    string Answer, string? Question, IReadOnlyList<Voice> Others, EvidenceWish Wish, IReadOnlyList<Passage> Inline, Guid? ParentRunId = null)
{
    public static readonly string[] Members = ["answer", "question", "others", LabelsReader.ParentMember, .. EvidenceWish.Members];

    private static readonly string[] OtherMembers = ["model", "text"];

    /// <summary>So many claims are searched for by themselves; an answer with more is searched for as a whole beyond them.</summary>
    private const int MostQueries = 40;

    private const TextRules Written = TextRules.NotBlank;

    /// <summary>What to search for: the question, and each claim by itself, since the passages for one are not those for another.</summary>
    public IReadOnlyList<string> Queries
    {
        get
        {
            var text = CitationMarks.Read(Answer, Limits.InlineDocuments).Text;
            string[] claims = [.. ClaimSplitter.Split(text).Where(static claim => claim.IsCheckable).Select(static claim => claim.Text)];
            string[] queries = [.. claims.Take(MostQueries), .. claims.Length > MostQueries ? [text] : Array.Empty<string>(), .. Question is null ? Array.Empty<string>() : [Question]];
            return queries.Length > 0 ? queries : [text];
        }
    }

    /// <summary>Reads the body of <c>POST /v1/evidence/check</c>.</summary>
    /// <returns>The request, or <c>null</c> when the violations say why not.</returns>
    public static EvidenceCheck? Read(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, Members) is not { } request)
        {
            return null;
        }

        if (!request.Has("answer"))
        {
            violations.Add("answer", FieldCodes.Required, "The answer to check is missing.");
        }

        var answer = request.Text("answer", Written, Limits.AnswerCharacters);
        var question = request.Text("question", Written | TextRules.Printable, Limits.PromptCharacters);
        var others = (request.Items("others", 0, Limits.OtherAnswers) ?? []).Select(item => Other(item.Value, item.Field, violations)).OfType<Voice>().ToArray();
        var (wish, parent) = (EvidenceWish.Read(request), LabelsReader.Parent(request));
        return violations.None ? new EvidenceCheck(answer!, question, others, wish, PassageFinder.Inline(wish), parent) : null;
    }

    private static Voice? Other(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.Open(value, field, violations, OtherMembers) is not { } other)
        {
            return null;
        }

        foreach (var name in OtherMembers.Where(name => !other.Has(name)))
        {
            violations.Add(other.Field(name), FieldCodes.Required, "Another answer has an author and a text.");
        }

        return other.Text("model", TextRules.OneLine | TextRules.NotBlank, Limits.ModelCharacters) is { } model && other.Text("text", Written, Limits.AnswerCharacters) is { } text
            ? new Voice(model, CitationMarks.Strip(text))
            : null;
    }
}
