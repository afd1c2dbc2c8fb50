using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Judging.Asking;

namespace Consensus.ApiService.Steps;

/// <summary>Where the vote is contested, each candidate's model sees the other answers once and may change its own by naming the error in it; then the vote is taken anew.</summary>
/// <remarks>
/// After Du et al. (2023), "Improving Factuality and Reasoning in Language Models through Multiagent Debate". Models also give in to a majority that is wrong (Wynn et
/// al. 2025, "Talk Isn't Always Cheap"): hence one round, only where it is needed, no numbers of holders, and no change without an error.
/// </remarks>
internal sealed class DebateStrategy : VoteThenStep
{
    private const string Keep = "keep";
    private const string Change = "change";

    /// <summary>What models write where there is nothing to name.</summary>
    private static readonly string[] NoError = ["none", "no error", "no errors", "nothing", "n/a", "null", "-"];

    private const string Prompt = "debate@1";

    public override string Name => "debate";

    public override string Description =>
        "Where the vote finds no consensus, each model sees the other answers once, without names or numbers, and may change its own only by naming the error in it; then all vote anew. For questions that reasons can settle.";

    public override int LeastModels => 2;

    protected override string StepName => "debate";

    public override IReadOnlyList<string> PromptsOf(RunPlan plan) => [Prompt];

    protected override StepReason? WhySkipped(VotedPanel panel) => panel.Vote.Outcome switch
    {
        DecisionOutcome.QuorumNotMet => StepReason.QuorumNotMet,
        DecisionOutcome.Consensus => StepReason.NotContested,
        _ => null,
    };

    protected override async Task<StepsTaken> TakeAsync(StepRun run, VotedPanel panel, Step step)
    {
        var answering = Enumerable.Range(0, panel.Input.Candidates.Count).Where(i => panel.Vote.Answers[i] is not null);
        var turns = await Task.WhenAll(answering.Select(i => AskAsync(run, panel, step, i)));
        if (turns.All(turn => turn.Failed is not null))
        {
            step.FallBack("No model took part. The vote holds.", StepReason.Malformed, StepsJson.Of(DebateDetails.Of(panel.Vote, panel.Vote, turns, [])));
            return AsVoted(panel);
        }

        var changed = turns.Where(turn => turn.Text is not null).ToDictionary(turn => turn.Candidate, turn => turn.Text!);
        var (after, decision) = VoteAnew(panel.Input, panel.Vote, changed);
        step.Complete(StepsJson.Of(DebateDetails.Of(panel.Vote, decision, turns, TowardMajority(panel.Vote, after, changed.Keys))));
        return new StepsTaken(panel.Answers, decision) { FirstAnswers = panel.Vote.Answers };
    }

    protected override Redone Redo(DecisionInput input, Decision vote, JsonElement details)
    {
        var told = StepsJson.Read<DebateDetails>(details);
        return new Redone(VoteAnew(input, vote, told.Changes.ToDictionary(change => change.Candidate, change => change.Text)).Decision, FirstAnswers: vote.Answers);
    }

    /// <summary>The vote with the changed texts, and the same with the confidence that is due to it.</summary>
    private static (Decision After, Decision Decision) VoteAnew(DecisionInput input, Decision vote, Dictionary<int, string> changed)
    {
        input = input with { Candidates = [.. input.Candidates.Select((c, i) => changed.TryGetValue(i, out var text) ? c with { Text = text } : c)] };
        var after = changed.Count == 0 ? vote : StepRun.Vote(input);
        // A vote that the debate changed was not cast by itself: it counts for the outcome, not for how sure the outcome is.
        return (after, after.Winner is { } winner ? ChosenLeader.Believed(after, winner.Candidates.Count(i => !changed.ContainsKey(i)), input) : after);
    }

    private static async Task<Turn> AskAsync(StepRun run, VotedPanel panel, Step step, int candidate)
    {
        var model = panel.ModelOf(candidate);
        var own = panel.ClusterOf(candidate);
        int[] others = [.. panel.Vote.Clusters.Where((_, k) => k != own).Select(cluster => cluster.Representative)];
        others = [.. StepPrompt.Shuffled(run.Plan, $"{model} {candidate}", others.Length).Select(i => others[i])];
        var prompt = new StepPrompt(run.Plan, model, [$"{candidate}", panel.TextOf(candidate), .. others.Select(panel.TextOf)]);
        var question = prompt.Asking(
            Prompt,
            Shape.Answer(
                "check",
                ("error", Shape.Text("What is wrong in your own answer, and why; empty when nothing is.")),
                ("decision", Shape.OneOf([Keep, Change], "Whether you keep your answer.")),
                ("answer", Shape.Text("Your new answer, whole; empty when you keep yours."))),
            Read,
            ("own", prompt.Fenced("your answer", panel.TextOf(candidate))),
            ("others", string.Join("\n\n", others.Select((other, i) => prompt.Fenced($"other answer {i + 1}", panel.TextOf(other))))));
        var reply = await StructuredAsking.AskAsync(step.AskAsync, question, run.CallerGone);
        if (reply.Value is not { } said)
        {
            return new Turn(candidate, WireName.Of(reply.Unscored), null, null, Unnamed: false);
        }

        if (!said.Changes || !said.NamesError)
        {
            return new Turn(candidate, null, null, null, Unnamed: said.Changes);
        }

        // Read as the panel's answers were: a text without an answer of that kind would take the vote away, not change it.
        var read = AnswerReader.Read([said.Answer], panel.Input.Form with { Kind = panel.Vote.Kind }).Answers[0];
        return read is null ? new Turn(candidate, "no_answer", null, null, Unnamed: false) : new Turn(candidate, null, said.Error, said.Answer, Unnamed: false);
    }

    private static Reading<Said> Read(JsonElement answer)
    {
        var error = answer.GetProperty("error").GetString()!.Trim();
        var decision = answer.GetProperty("decision").GetString()!.Trim();
        var changes = string.Equals(decision, Change, StringComparison.OrdinalIgnoreCase);
        var text = answer.GetProperty("answer").GetString()!;
        return !changes && !string.Equals(decision, Keep, StringComparison.OrdinalIgnoreCase)
            ? new Reading<Said>(null, "\"decision\" is neither \"keep\" nor \"change\"", UnscoredReason.OffMenu)
            : changes && string.IsNullOrWhiteSpace(text)
            ? new Reading<Said>(null, "\"answer\" must hold the new answer, whole, when \"decision\" is \"change\"")
            : new Reading<Said>(new Said(changes, error, NamesError: error.Length > 0 && !NoError.Contains(error.TrimEnd('.'), StringComparer.OrdinalIgnoreCase), text));
    }

    /// <summary>The candidates that left their answer for one that led the vote before.</summary>
    private static int[] TowardMajority(Decision before, Decision after, IEnumerable<int> changed)
    {
        var most = before.Clusters[0].Weight;
        HashSet<int> leading = [.. before.Clusters.Where(cluster => cluster.Weight >= most).SelectMany(cluster => cluster.Candidates)];
        HashSet<int> movers = [.. changed];
        return
        [
            .. movers.Where(i => !leading.Contains(i) && after.Clusters.Any(c => c.Candidates.Contains(i) && c.Candidates.Any(j => leading.Contains(j) && !movers.Contains(j)))).Order(),
        ];
    }

    private sealed record Said(bool Changes, string Error, bool NamesError, string Answer);

    /// <summary>What came of asking one candidate's model.</summary>
    internal sealed record Turn(int Candidate, string? Failed, string? Error, string? Text, bool Unnamed);
}

/// <summary>What a debate came to.</summary>
/// <param name="Rounds">How many rounds there were.</param>
/// <param name="Before">The vote before.</param>
/// <param name="After">The vote after.</param>
/// <param name="Changes">Who changed, with the error that was named.</param>
/// <param name="Kept">How many kept their answer.</param>
/// <param name="Unnamed">The candidates that would have changed without naming an error: their answer stands.</param>
/// <param name="LeftOut">Who gave nothing usable, and why: their answer stands.</param>
/// <param name="TowardMajority">Of those who changed, how many took an answer that led the vote before.</param>
internal sealed record DebateDetails(
    int Rounds, VoteDetails Before, VoteDetails After, IReadOnlyList<ChangeDetails> Changes, int Kept, IReadOnlyList<int> Unnamed, IReadOnlyList<LeftOutDetails> LeftOut, int TowardMajority)
{
    public static DebateDetails Of(Decision before, Decision after, IReadOnlyList<DebateStrategy.Turn> turns, IReadOnlyList<int> towardMajority) => new(
        1,
        VoteDetails.Of(before),
        VoteDetails.Of(after),
        [.. turns.Where(turn => turn.Text is not null).Select(turn => new ChangeDetails(
            turn.Candidate, turn.Error!, before.Answers[turn.Candidate]!.Text, after.Answers[turn.Candidate]?.Text, turn.Text!, towardMajority.Contains(turn.Candidate)))],
        turns.Count(turn => turn is { Failed: null, Text: null, Unnamed: false }),
        [.. turns.Where(turn => turn.Unnamed).Select(turn => turn.Candidate)],
        [.. turns.Where(turn => turn.Failed is not null).Select(turn => new LeftOutDetails(turn.Candidate, turn.Failed!))],
        towardMajority.Count);
}

/// <summary>A changed answer.</summary>
/// <param name="Candidate">Whose.</param>
/// <param name="Error">The error that was named.</param>
/// <param name="From">The answer before.</param>
/// <param name="To">The answer after.</param>
/// <param name="Text">The new text.</param>
/// <param name="TowardMajority">Whether the new answer led the vote before.</param>
internal sealed record ChangeDetails(int Candidate, string Error, string From, string? To, string Text, bool TowardMajority);

/// <summary>A candidate that took no part.</summary>
/// <param name="Candidate">Which.</param>
/// <param name="Reason">Why.</param>
internal sealed record LeftOutDetails(int Candidate, string Reason);
