using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Starting;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Core.Evidence.Citations;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>A valid question for evidence mode.</summary>
/// <param name="Plan">The run, as if it were asked without passages.</param>
/// <param name="Included">Whether the response has the candidates.</param>
/// <param name="Wish">Where the passages come from, and what is done with claims.</param>
/// <param name="Inline">The passages of the documents that came with it.</param>
internal sealed record EvidenceQuestion(RunPlan Plan, IncludedParts Included, EvidenceWish Wish, IReadOnlyList<Passage> Inline)
{
    /// <summary>What the passages are to answer: the prompt, or the last message of the user.</summary>
    public string Text => Plan.Request.Prompt ?? Plan.Request.Messages![^1].Content;

    /// <summary>Reads the body of <c>POST /v1/evidence</c>: a request for a run, and the members of evidence mode.</summary>
    /// <returns>The question, or <c>null</c> when the violations say why not.</returns>
    public static async Task<EvidenceQuestion?> ReadAsync(JsonElement body, HttpContext http, PanelQuestions questions, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, [.. ConsensusRequestReader.Members, .. EvidenceWish.Members]) is not { } request)
        {
            return null;
        }

        var wish = EvidenceWish.Read(request);
        var run = await questions.ReadAsync(JsonObjects.Of(request.Members.Where(member => !EvidenceWish.Members.Contains(member.Key))), http, violations);
        return violations.None && run is not null ? new EvidenceQuestion(run.Plan, run.Included, wish, PassageFinder.Inline(wish)) : null;
    }

    /// <summary>The run that answers from passages. Marks of citations are no part of an answer: votes are counted without them.</summary>
    public RunPlan PlanOn(IReadOnlyList<EvidencePassage> passages) => Plan with
    {
        Kind = RunKind.Evidence,
        Messages = EvidencePrompt.Messages(Plan, Text, passages),
        Voted = CitationMarks.Strip,
    };
}
