using Consensus.Contracts.Json;
using Consensus.Contracts.Suites;
using Consensus.Core.Judging;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>A judges suite, its pairs in the order of their ids, so that the order of the rows does not show.</summary>
/// <param name="Name">Its file's name without the endings.</param>
/// <param name="Sha256">Of its uncompressed bytes.</param>
/// <param name="Items">The pairs.</param>
/// <param name="Strategies">The prompt strategies, by name.</param>
internal sealed record JudgesSuite(string Name, string Sha256, IReadOnlyList<JudgeItem> Items, IReadOnlyList<StrategyPanel> Strategies)
{
    /// <exception cref="InvalidDataException">The file is no judges suite; the message says why.</exception>
    public static JudgesSuite Read(string path)
    {
        JudgeItem[] items = [.. JsonLines.Read(path, ConsensusJson.Default.JudgeItem).OrderBy(item => item.Id, StringComparer.Ordinal)];
        if (items.Length == 0)
        {
            throw new InvalidDataException($"{path} has no pairs.");
        }

        for (var i = 0; i < items.Length; i++)
        {
            Check(path, items[i], i > 0 ? items[i - 1].Id : null);
        }

        StrategyPanel[] strategies = [.. items.SelectMany(item => item.Judgements).Select(j => j.Strategy).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(strategy => PanelOf(strategy, items))];
        return new JudgesSuite(SuitePath.NameOf(path), SuitePath.HashOf(path), items, strategies);
    }

    /// <summary>One word per pair: the strategies that it was judged with.</summary>
    public string[] Strata()
    {
        var words = new string[Items.Count];
        for (var s = 0; s < Strategies.Count; s++)
        {
            foreach (var item in Strategies[s].Items)
            {
                words[item] += $"{s},";
            }
        }

        return Array.ConvertAll(words, word => word ?? "");
    }

    private static void Check(string path, JudgeItem item, string? before)
    {
        var where = $"{path}, pair {item.Id}";
        if (item.Id is null || item.Judgements is null || item.Judgements.Any(j => j?.Judge is null || j.Strategy is null))
        {
            throw new InvalidDataException($"{where}: a pair has an id and a list of judgements, each with its judge and strategy; none of them is null.");
        }

        if (item.Id == before)
        {
            throw new InvalidDataException($"{where}: there are two pairs of this id.");
        }

        if (item.Gold is not (1 or 2))
        {
            throw new InvalidDataException($"{where}: gold is {item.Gold}, not 1 or 2.");
        }

        if (item.Judgements.FirstOrDefault(j => j.Vote is not (null or 1 or 2)) is { } odd)
        {
            throw new InvalidDataException($"{where}: {odd.Judge} votes {odd.Vote}, not 1, 2 or null.");
        }

        if (item.Judgements.CountBy(j => (j.Judge, j.Strategy, j.Order)).FirstOrDefault(count => count.Value > 1) is { Value: > 1, Key: var twice })
        {
            throw new InvalidDataException($"{where}: {twice.Judge} judged it twice with {twice.Strategy} in the order {WireName.Of(twice.Order)}.");
        }
    }

    private static StrategyPanel PanelOf(string strategy, JudgeItem[] items)
    {
        var judged = items.Select((item, place) => (Place: place, item.Gold, Judgements: item.Judgements.Where(j => j.Strategy == strategy).ToArray()))
            .Where(pair => pair.Judgements.Length > 0).ToArray();
        string[] judges = [.. judged.SelectMany(pair => pair.Judgements).Select(j => j.Judge).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new StrategyPanel(strategy, judges, [.. judged.Select(pair => pair.Place)], [.. judged.Select(pair => new JudgedPair(
            [.. judges.Select(judge => new TwoOrderVote(Vote(pair.Judgements, judge, JudgementOrder.Ab), Vote(pair.Judgements, judge, JudgementOrder.Ba)))],
            Sign(pair.Gold)))]);
    }

    private static int? Vote(Judgement[] judgements, string judge, JudgementOrder order) =>
        judgements.FirstOrDefault(j => j.Judge == judge && j.Order == order)?.Vote is { } vote ? Sign(vote) : null;

    private static int Sign(int output) => output == 1 ? 1 : -1;
}
