using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Consensus.Cli.Display;

/// <summary>The candidates of a run, one row each, those still awaited too.</summary>
internal static class CandidateTable
{
    public static IRenderable Of(RunProgress progress)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(
            new TableColumn("").NoWrap().PadRight(1),
            new TableColumn("").NoWrap().PadRight(3),
            new TableColumn("").PadRight(3),
            new TableColumn("").RightAligned().NoWrap());
        foreach (var (model, sample, candidate) in progress.Rows)
        {
            var (mark, style, what) = Describe(candidate, progress.Verdict is not null);
            table.AddRow(
                new Text(mark, style),
                new Text(Words.Who(model, sample, progress.Run!.SamplesPerModel)),
                new Text(what, style),
                new Text(candidate?.LatencyMs is { } latency ? Words.Time(latency) : "", Styles.Quiet));
        }

        return new Rows(table, new Text(Summary(progress), Styles.Quiet));
    }

    private static (string Mark, Style Style, string What) Describe(CandidateBody? candidate, bool decided) => candidate switch
    {
        null => ("·", Styles.Quiet, decided ? "not asked" : "waiting"),
        { Status: CandidateStatus.Answered } => ("✓", Styles.Good, Words.What(candidate)),
        { Status: CandidateStatus.NoAnswer } => ("?", Styles.Fair, Words.What(candidate)),
        _ => ("✗", Styles.Bad, Words.What(candidate)),
    };

    private static string Summary(RunProgress progress)
    {
        var arrived = $"{progress.Arrived} of {progress.Asked} arrived";
        return progress.Verdict is null && Words.Leading(progress.Clusters) is { } leading ? $"{arrived} · {leading}" : arrived;
    }
}
