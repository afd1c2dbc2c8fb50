using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Spectre.Console;

namespace Consensus.Cli.Display;

/// <summary>Who says what: the clusters as bars, the dissent among them, and who gave no vote.</summary>
internal static class ClusterView
{
    private const int BarWidth = 20;

    public static void Write(IAnsiConsole console, ConsensusResponse run)
    {
        if (run.Clusters.Count > 0)
        {
            console.WriteLine();
            console.Write(Bars(run));
        }

        var silent = (run.Candidates ?? []).Where(candidate => candidate.Status != CandidateStatus.Answered).ToArray();
        if (silent.Length > 0)
        {
            console.WriteLine();
            console.Write(NoVote("no vote", silent));
        }
    }

    /// <summary>Candidates without a vote and why.</summary>
    public static Grid NoVote(string title, IEnumerable<CandidateBody> candidates)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var candidate in candidates)
        {
            grid.AddRow(new Text(title, Styles.Quiet), new Text(SafeText.Line(candidate.Model)), new Text(Words.What(candidate), Styles.Bad));
        }

        return grid;
    }

    private static Grid Bars(ConsensusResponse run)
    {
        var grid = new Grid();
        for (var column = 0; column < 4; column++)
        {
            grid.AddColumn(new GridColumn { NoWrap = column < 3 }.PadRight(2));
        }

        var decided = Words.IsAnswered(run);
        foreach (var cluster in run.Clusters)
        {
            var won = decided && cluster.Id == 0;
            grid.AddRow(
                new Text(won ? "answer" : decided ? "dissent" : "said", won ? Styles.Good : Styles.Fair),
                new Text(Bar(cluster.Share), won ? Styles.Good : Styles.Fair),
                new Text($"{cluster.Size} · {Words.Share(cluster.Share)}"),
                new Text($"{Words.Answer(cluster.Answer.Text)}  —  {Words.Names(cluster.Models)}"));
        }

        return grid;
    }

    private static string Bar(double share)
    {
        var filled = Math.Clamp((int)Math.Round(share * BarWidth), 0, BarWidth);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }
}
