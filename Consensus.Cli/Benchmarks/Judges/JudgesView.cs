using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>A judges report for people; accuracies and gains in percent.</summary>
internal static class JudgesView
{
    public static void Write(IAnsiConsole console, JudgesReport report)
    {
        console.Write(new Text(SafeText.Line(report.Suite), Styles.Strong));
        console.WriteLine();
        console.Write(new Text(
            $"{report.Pairs} pairs; accuracy in %, a tie counts one half; " + (report.Fitted is { } fitted
                ? $"weights of {SafeText.Line(fitted.File)} on all pairs" + (fitted.InSample ? ", in-sample" : "")
                : $"means over {report.Splits} random halves, fitted on the other half"),
            Styles.Quiet));
        console.WriteLine();
        console.WriteLine();
        console.Write(Strategies(report));
        console.WriteLine();

        var gain = report.Mean.Gain;
        var style = gain.Low > 0 ? Styles.Good : gain.Value < 0 ? Styles.Bad : Styles.Fair;
        console.Write(new Text(
            $"gain of the anchored weights over the best judge: {Points(gain.Value)}{Between(gain)}; worst strategy {Points(report.Mean.WorstGain)}", style));
        console.WriteLine();
        foreach (var left in report.LeftOut)
        {
            console.Write(new Text($"left out: {SafeText.Line(left.Strategy)} ({left.Reason})", Styles.Quiet));
            console.WriteLine();
        }
    }

    private static Table Strategies(JudgesReport report)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("strategy").PadRight(3));
        foreach (var column in new[] { "pairs", "best judge", "", "one order", "both orders", "Dawid–Skene", "anchored", "gain", "fell back", "flips" })
        {
            var cell = new TableColumn(column).NoWrap();
            table.AddColumn(column == "best judge" ? cell.LeftAligned() : cell.RightAligned());
        }

        foreach (var s in report.Strategies)
        {
            table.AddRow(
                new Text(SafeText.Line(s.Strategy)), new Text($"{s.Pairs}"), new Text(SafeText.Line(s.Best.Judge)), new Text(Percent(s.Best.Accuracy)), new Text(Percent(s.Majority)),
                new Text(Percent(s.BothOrders)), new Text(Percent(s.DawidSkene)), new Text(Percent(s.Anchored), Styles.Strong),
                new Text(Points(s.Gain.Value), s.Gain.Value < 0 ? Styles.Bad : Styles.Good), new Text($"{s.FellBack:0%}"), new Text(Percent(s.FlipRate)));
        }

        var mean = report.Mean;
        return table.AddRow(
            new Text("mean", Styles.Strong), new Text(""), new Text(""), new Text(Percent(mean.Best)), new Text(Percent(mean.Majority)), new Text(Percent(mean.BothOrders)),
            new Text(Percent(mean.DawidSkene)), new Text(Percent(mean.Anchored), Styles.Strong), new Text(Points(mean.Gain.Value)), new Text(""), new Text(Percent(mean.FlipRate)));
    }

    private static string Between(SplitGain gain) => gain is { Low: { } low, High: { } high } ? $" points, 95 % of the halves between {Points(low)} and {Points(high)}" : " points";

    private static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.0") : "–";

    private static string Points(double gain) => (100 * gain).ToString("+0.0;−0.0;0.0");
}
