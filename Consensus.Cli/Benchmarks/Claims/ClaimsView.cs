using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>A claims report for people.</summary>
internal static class ClaimsView
{
    public static void Write(IAnsiConsole console, ClaimsReport report)
    {
        console.Write(new Text(SafeText.Line(report.Suite), Styles.Strong));
        console.WriteLine();
        console.Write(new Text(
            $"{report.Claims} claims of {report.Responses} responses to {report.Questions} questions; {report.Unsupported} unsupported"
            + (report.Unscored > 0 ? $"; {report.Unscored} more unscored: no other response" : ""), Styles.Quiet));
        console.WriteLine();
        console.WriteLine();

        var table = new Table().Border(TableBorder.None).AddColumns(
            new TableColumn("signal of an unsupported claim").PadRight(3),
            new TableColumn("AUROC").RightAligned());
        table.AddRow(new Text("support by the other candidates", Styles.Strong), new Text(Three(report.Auroc), Styles.Strong));
        Add(table, "plain idf overlap", report.AurocIdf);
        Add(table, "length of the response alone", report.AurocLength);
        Add(table, "length of the claim alone", report.AurocClaimLength);
        console.Write(table);
        console.WriteLine();

        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        var gain = report.Gain;
        facts.AddRow(new Text("gain", Styles.Quiet), new Text(
            $"{Signed(gain.Value)} over plain idf overlap, 95 % interval {Signed(gain.Low)} to {Signed(gain.High)} by question",
            gain.Low > 0 ? Styles.Good : gain.High < 0 ? Styles.Bad : Styles.Fair));
        facts.AddRow(new Text("found", Styles.Quiet), new Text(
            $"precision {(report.Precision is { } precision ? Three(precision) : "–")}, recall {Three(report.Recall)} at signal {report.Threshold:0.00}; "
            + $"average precision {Three(report.AveragePrecision)}"));
        var rate = report.HallucinationRate;
        facts.AddRow(new Text("hallucination rate", Styles.Quiet), new Text(
            $"{Three(rate.Observed)} labelled, {Three(rate.Predicted)} predicted a response; correlation {Signed(rate.Correlation)} "
            + $"(of length alone {Signed(rate.LengthCorrelation)})"));
        facts.AddRow(new Text("… of sentences", Styles.Quiet), new Text(
            $"{(rate.OfText.Predicted is { } ofText ? Three(ofText) : "–")} predicted from {rate.OfText.Responses} texts; "
            + $"correlation {Signed(rate.OfText.Correlation)}"));
        console.Write(facts);
    }

    private static void Add(Table table, string name, double value) => table.AddRow(new Text(name), new Text(Three(value)));

    private static string Three(double value) => value.ToString("0.000");

    private static string Signed(double? value) => value?.ToString("+0.000;−0.000;0.000") ?? "–";
}
