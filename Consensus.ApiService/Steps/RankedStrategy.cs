using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.Core.Ranking;
using Consensus.LanguageModels.Judging.Asking;

namespace Consensus.ApiService.Steps;

/// <summary>Each model that answered ranks the answers of the others, and the ranking of all decides.</summary>
internal sealed class RankedStrategy : VoteThenStep
{
    private const int LeastRankings = 2;
    private const string NothingToCompare = "nothing_to_compare";

    private const string Prompt = "rank@1";

    public override string Name => "ranked";

    public override string Description =>
        "Each model ranks the anonymised, shuffled answers of the others, never its own; the rankings become one by Schulze, Copeland or Borda. When the best answer may be a minority's.";

    public override int LeastModels => 3;

    public override string? WhyNoEarlyStop => "rankings decide, not the vote";

    protected override string StepName => "rank";

    public override IReadOnlyList<string> PromptsOf(RunPlan plan) => [Prompt];

    protected override StepReason? WhySkipped(VotedPanel panel) =>
        panel.Vote.Outcome == DecisionOutcome.QuorumNotMet ? StepReason.QuorumNotMet : panel.Vote.Clusters.Count < 2 ? StepReason.NotContested : null;

    protected override async Task<StepsTaken> TakeAsync(StepRun run, VotedPanel panel, Step step)
    {
        var rankers = panel.Input.Candidates.Where(c => c.Text is not null).Select(c => c.Model).Distinct(StringComparer.Ordinal);
        var given = await Task.WhenAll(rankers.Select(model => RankAsync(run, panel, step, model)));
        OptionRanking[] rankings = [.. given.Select(g => g.Ranking).OfType<OptionRanking>().Where(ranking => ranking.Count > 1)];
        var method = run.Plan.Steps!.Ranking;
        if (rankings.Length < LeastRankings)
        {
            step.FallBack(
                $"{rankings.Length} usable rankings came; {LeastRankings} are needed. The vote holds.",
                given.Where(g => g.LeftOut != NothingToCompare).All(g => g.LeftOut is "malformed" or "off_menu") ? StepReason.Malformed : StepReason.TooFew, Details(null));
            return AsVoted(panel);
        }

        var order = RankAggregation.Order(Enum.Parse<RankingRule>(method.ToString()), panel.Vote.Clusters.Count, rankings);
        if (order.Groups[0].Count > 1)
        {
            step.FallBack(StepReason.Tie, $"{order.Groups[0].Count} answers share the first place. The vote holds.", Details(order));
            return AsVoted(panel);
        }

        step.Complete(Details(order));
        return new StepsTaken(panel.Answers, ChosenLeader.Put(panel.Vote, order.Groups[0][0], panel.Input));

        JsonElement Details(OptionRanking? ranking) => StepsJson.Of(new RankDetails(
            method, [.. given.Select(g => new RankingDetails(g.Model, g.Ranking is null ? null : Medoids(panel, g.Ranking), g.LeftOut))], ranking is null ? null : Medoids(panel, ranking)));
    }

    protected override Redone Redo(DecisionInput input, Decision vote, JsonElement details)
    {
        var told = StepsJson.Read<RankDetails>(details);
        OptionRanking[] rankings = [.. told.Rankings.Where(given => given.Order is not null).Select(given => Clusters(vote, given.Order!)).Where(ranking => ranking.Count > 1)];
        if (rankings.Length < LeastRankings)
        {
            return new Redone(vote);
        }

        var order = RankAggregation.Order(Enum.Parse<RankingRule>(told.Method.ToString()), vote.Clusters.Count, rankings);
        return new Redone(order.Groups[0].Count > 1 ? vote : ChosenLeader.Put(vote, order.Groups[0][0], input));
    }

    private static async Task<Given> RankAsync(StepRun run, VotedPanel panel, Step step, string model)
    {
        // An answer of its own would be known to it: another member stands for the cluster, and a cluster that it holds alone is left out.
        (int Cluster, int Candidate)[] options =
        [
            .. panel.Vote.Clusters.Select((cluster, k) => (k, panel.Foreign(cluster, model))).Where(o => o.Item2 is not null).Select(o => (o.k, o.Item2!.Value)),
        ];
        if (options.Length < 2)
        {
            return new Given(model, null, NothingToCompare);
        }

        options = [.. StepPrompt.Shuffled(run.Plan, model, options.Length).Select(i => options[i])];
        string[] labels = [.. options.Select((_, i) => Label(i))];
        var prompt = new StepPrompt(run.Plan, model, [.. options.Select(o => panel.TextOf(o.Candidate))]);
        var question = prompt.Asking(
            Prompt,
            Shape.Answer("ranking", ("rationale", Shape.Text("At most three sentences.")), ("ranking", Shape.List(Shape.OneOf(labels, "The letter of an answer; the best first.")))),
            answer => Read(answer, labels, options),
            ("answers", string.Join("\n\n", options.Select((o, i) => prompt.Fenced($"answer {labels[i]}", panel.TextOf(o.Candidate))))),
            ("labels", string.Join(", ", labels)));
        var reply = await StructuredAsking.AskAsync(step.AskAsync, question, run.CallerGone);
        return new Given(model, reply.Value, reply.Value is null ? Contracts.Json.WireName.Of(reply.Unscored) : null);
    }

    /// <summary>A ranking that leaves answers out can be used; one that names an answer twice cannot.</summary>
    private static Reading<OptionRanking> Read(JsonElement answer, string[] labels, (int Cluster, int Candidate)[] options)
    {
        int[] places = [.. answer.GetProperty("ranking").EnumerateArray().Select(label => Array.FindIndex(labels, l => string.Equals(l, label.GetString()?.Trim(), StringComparison.OrdinalIgnoreCase)))];
        int[] known = [.. places.Where(place => place >= 0)];
        return known.Distinct().Count() < known.Length ? new Reading<OptionRanking>(null, "\"ranking\" names an answer twice")
            : known.Length < 2 ? new Reading<OptionRanking>(null, "\"ranking\" must hold the letters of all answers")
            : new Reading<OptionRanking>(OptionRanking.Of(known.Select(place => options[place].Cluster)), known.Length < labels.Length ? "\"ranking\" must hold the letters of all answers" : null);
    }

    private static string Label(int place) => ((char)('A' + (place % 26))).ToString() + (place < 26 ? "" : $"{place / 26}");

    private static int[][] Medoids(VotedPanel panel, OptionRanking ranking) =>
        [.. ranking.Groups.Select(group => group.Select(k => panel.Vote.Clusters[k].Representative).ToArray())];

    /// <summary>A ranking of medoids as one of clusters; of two that are in one cluster now, the better place counts.</summary>
    private static OptionRanking Clusters(Decision vote, IReadOnlyList<int[]> order)
    {
        var placed = new HashSet<int>();
        int[][] groups = [.. order.Select(group => group.Select(candidate => Redone.ClusterOf(vote, candidate)).OfType<int>().Where(placed.Add).ToArray())];
        return new OptionRanking([.. groups.Where(static group => group.Length > 0)]);
    }

    private sealed record Given(string Model, OptionRanking? Ranking, string? LeftOut);
}

/// <summary>What the rankings came to. Numbers are those of the candidates that stand for their clusters, in groups of equals, the best first.</summary>
/// <param name="Method">How they became one.</param>
/// <param name="Rankings">What each model said.</param>
/// <param name="Order">The ranking of all; <c>null</c> with too few.</param>
internal sealed record RankDetails(RankingMethod Method, IReadOnlyList<RankingDetails> Rankings, IReadOnlyList<int[]>? Order);

/// <summary>What one model said.</summary>
/// <param name="Model">The model.</param>
/// <param name="Order">Its ranking; <c>null</c> without one.</param>
/// <param name="LeftOut">Why there is none: <c>nothing_to_compare</c>, or what failed.</param>
internal sealed record RankingDetails(string Model, IReadOnlyList<int[]>? Order, string? LeftOut);
