using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Gating;

/// <summary>A gate's findings for people: why each metric says what it says.</summary>
internal static class GateView
{
    public static void Write(IAnsiConsole console, GateReport report)
    {
        foreach (var suite in report.Suites)
        {
            console.Write(new Text($"{SafeText.Line(suite.Suite)}, {suite.Items} questions: ", Styles.Strong));
            console.Write(new Text(Word(suite.Outcome), StyleOf(suite.Outcome)));
            console.WriteLine();
            var table = new Table().Border(TableBorder.None).AddColumns(
                Column("metric"), Column("baseline").RightAligned(), Column("now").RightAligned(), Column("gain").RightAligned(), Column("95 % interval").RightAligned(),
                Column("outcome"), Column("why"));
            foreach (var metric in suite.Metrics)
            {
                table.AddRow(
                    new Text(metric.Metric), new Text(Plain(metric.Baseline)), new Text(Plain(metric.Candidate)), new Text(Signed(metric.Gain?.Value)),
                    new Text(metric.Gain is { } gain ? $"{Signed(gain.Low)} to {Signed(gain.High)}" : "–"),
                    new Text(Word(metric.Outcome), StyleOf(metric.Outcome)), new Text(Why(metric), Styles.Quiet));
            }

            console.Write(table);
            console.WriteLine();
        }

        console.Write(new Text(Word(report.Outcome), StyleOf(report.Outcome)));
        console.WriteLine();
    }

    private static string Why(GateMetricReport metric) =>
        metric.P is { } p ? $"{metric.Why}; {metric.Lost} lost, {metric.Won} won, McNemar p {(p < 0.001 ? "< 0.001" : $"= {p:0.###}")}" : metric.Why;

    private static TableColumn Column(string name) => new TableColumn(new Text(name, Styles.Quiet)).PadRight(2);

    private static string Word(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => "pass",
        GateVerdict.Fail => "fail",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "not measured",
    };

    private static Style StyleOf(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => Styles.Good,
        GateVerdict.Fail => Styles.Bad,
        GateVerdict.Inconclusive => Styles.Fair,
        _ => Styles.Quiet,
    };

    private static string Plain(double? value) => value?.ToString("0.000") ?? "–";

    private static string Signed(double? value) => value?.ToString("+0.000;−0.000;0.000") ?? "–";
}
