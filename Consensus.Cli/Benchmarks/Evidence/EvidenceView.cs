using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Evidence;

/// <summary>Shows what was measured on an evidence suite.</summary>
internal static class EvidenceView
{
    public static void Write(IAnsiConsole console, EvidenceReport report)
    {
        console.Write(new Text(SafeText.Line(report.Suite), Styles.Strong));
        console.WriteLine();
        console.Write(new Text($"{report.Parts.Sum(static part => part.Claims)} claims against {report.Passages} passages of {report.Items} rows; matcher {report.Matcher}", Styles.Quiet));
        console.WriteLine();
        console.WriteLine();
        foreach (var part in report.Parts)
        {
            Figures(console, part);
            console.WriteLine();
            Changes(console, part);
            console.WriteLine();
        }
    }

    private static void Figures(IAnsiConsole console, EvidencePart part)
    {
        console.Write(new Text($"{part.Name}: {part.Claims} claims", Styles.Strong));
        console.WriteLine();
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        facts.AddRow(new Text("accuracy", Styles.Quiet), new Text($"{Three(part.Accuracy)} (most frequent label {Three(part.Majority)}), macro-F1 {Three(part.MacroF1)}"));
        facts.AddRow(new Text("contradictions", Styles.Quiet), new Text(
            $"{Three(part.ContradictionRecall)} of numbers and denials, {Three(part.EntityRecall)} of entities found; {Three(part.SupportedContradicted)} of the supported called so"));
        facts.AddRow(new Text("paraphrases", Styles.Quiet), new Text($"{Three(part.ParaphraseRecall)} found"));
        facts.AddRow(new Text("AUROC", Styles.Quiet), new Text($"{Three(part.AurocCoverage)} of the coverage, {Three(part.AurocLength)} of the claim's length alone"));
        console.Write(facts);
    }

    private static void Changes(IAnsiConsole console, EvidencePart part)
    {
        var table = new Table().Border(TableBorder.None).AddColumns(
            new TableColumn("change").PadRight(3), new TableColumn("label").PadRight(3), new TableColumn("claims").RightAligned(), new TableColumn("supported").RightAligned(),
            new TableColumn("contradicted").RightAligned(), new TableColumn("not enough").RightAligned());
        foreach (var row in part.Changes)
        {
            table.AddRow(
                new Text(SafeText.Line(row.Change)), new Text(row.Label), new Text($"{row.Claims}"), new Text($"{row.Supported}"), new Text($"{row.Contradicted}"), new Text($"{row.NotEnough}"));
        }

        console.Write(table);
    }

    private static string Three(double? value) => value?.ToString("0.000") ?? "–";
}
