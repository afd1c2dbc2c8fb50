using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Clustering;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Judging.Asking;

namespace Consensus.ApiService.Steps;

/// <summary>A model writes one answer from what the panel wrote, dissent included. It holds only when its answer is the voted one; else the medoid stands word for word.</summary>
/// <remarks>After Jiang et al. (2023), "LLM-Blender", whose fused answer is here held to the vote: a writer that decides anew would be one more model, not a consensus.</remarks>
internal sealed class SynthesisStrategy : VoteThenStep
{
    private const string Prompt = "synthesis@1";

    public override string Name => "synthesis";

    public override string Description =>
        "Votes as majority does, then a model writes one answer from all, with the dissent; where its answer is not the voted one, the winning cluster's medoid stands word for word. For answers that people read.";

    protected override string StepName => "synthesis";

    public override IReadOnlyList<string> PromptsOf(RunPlan plan) => [Prompt];

    protected override StepReason? WhySkipped(VotedPanel panel) =>
        panel.Vote.Outcome == DecisionOutcome.QuorumNotMet ? StepReason.QuorumNotMet : panel.Vote.Winner is null ? StepReason.NoWinner : null;

    protected override async Task<StepsTaken> TakeAsync(StepRun run, VotedPanel panel, Step step)
    {
        var model = run.Plan.Steps!.Synthesizer?.Id ?? MostReliable(run, panel);
        var voted = panel.Vote.Answers[panel.Vote.Clusters[0].Representative]!;
        var reply = await StructuredAsking.AskAsync(step.AskAsync, Question(run, panel, model, voted), run.CallerGone);
        if (reply.Value is not { } text)
        {
            step.FallBack(
                $"Nothing usable was written ({WireName.Of(reply.Unscored)}); the winning cluster's medoid stands word for word.", StepReason.Malformed,
                StepsJson.Of(new SynthesisDetails(model, null, null, null)));
            return AsVoted(panel);
        }

        var (written, comparison) = Hold(text, voted, panel.Input);
        var details = StepsJson.Of(new SynthesisDetails(model, text, written?.Text, comparison));
        if (comparison is null)
        {
            step.FallBack(StepReason.KeyDiffers, "What was written does not give the voted answer; the winning cluster's medoid stands word for word.", details);
            return AsVoted(panel);
        }

        step.Complete(details);
        return new StepsTaken(panel.Answers, panel.Vote) { Written = written };
    }

    protected override Redone Redo(DecisionInput input, Decision vote, JsonElement details)
    {
        var told = StepsJson.Read<SynthesisDetails>(details);
        var (written, comparison) = vote.Winner is null || told.Text is null ? (null, null) : Hold(told.Text, vote.Answers[vote.Clusters[0].Representative]!, input);
        return new Redone(vote, comparison is null ? null : written);
    }

    /// <summary>The answer in what was written, and by what it is the voted one; <c>null</c>: by nothing.</summary>
    private static (Answer? Written, string? Same) Hold(string text, Answer voted, DecisionInput input)
    {
        var written = AnswerReader.Read([text], input.Form with { Kind = voted.Kind }).Answers[0];
        return (written, written is null ? null : Compare(written, voted, input.Form));
    }

    private static StructuredQuestion<string> Question(StepRun run, VotedPanel panel, string model, Answer voted)
    {
        int[] shown = [.. panel.Vote.Clusters.Select(cluster => cluster.Representative)];
        var prompt = new StepPrompt(run.Plan, model, [.. shown.Select(panel.TextOf)]);
        return prompt.Asking<string>(
            Prompt,
            Shape.Answer("synthesis", ("answer", Shape.Text("The answer, whole."))),
            answer => answer.GetProperty("answer").GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? new(text) : new(null, "\"answer\" must hold the answer"),
            ("answers", string.Join("\n\n", shown.Select((candidate, k) => prompt.Fenced(Title(panel, k), panel.TextOf(candidate))))),
            ("decided", prompt.Fenced("decided answer", voted.Text)));
    }

    private static string Title(VotedPanel panel, int cluster) =>
        $"answer {cluster + 1} held by {panel.Vote.Clusters[cluster].Candidates.Count} of {panel.Input.Candidates.Count}";

    /// <summary>By what the two are the same answer: <c>key</c>, or for free text, whose wordings differ, <c>cluster</c>; <c>null</c>: by nothing.</summary>
    private static string? Compare(Answer written, Answer voted, AnswerForm form)
    {
        if (written.Key == voted.Key)
        {
            return "key";
        }

        return voted.Kind == AnswerKind.Text && AnswerClustering.Partition([voted, written], form).Distinct().Count() == 1 ? "cluster" : null;
    }

    private static string MostReliable(StepRun run, VotedPanel panel) => run.Plan.Models
        .Where(m => panel.Input.Candidates.Any(c => c.Model == m.Id && c.Text is not null))
        .MaxBy(m => panel.Input.Reliability.GetValueOrDefault(m.Id, m.Reliability ?? panel.Input.PriorReliability))!.Id;
}

/// <summary>What a synthesis came to.</summary>
/// <param name="Model">Who wrote it.</param>
/// <param name="Text">What was written; <c>null</c> without it.</param>
/// <param name="Answer">The answer in it; <c>null</c> without one.</param>
/// <param name="Same">By what it is the voted answer: <c>key</c> or <c>cluster</c>; <c>null</c>: it is not.</param>
internal sealed record SynthesisDetails(string Model, string? Text, string? Answer, string? Same);
