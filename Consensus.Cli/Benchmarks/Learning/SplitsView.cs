using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary>Split figures for people: one line a figure, one column a suite.</summary>
internal static class SplitsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<SplitsReport> reports)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("").PadRight(3));
        foreach (var report in reports)
        {
            table.AddColumn(new TableColumn(new Text(SafeText.Line(report.Suite, 40), Styles.Strong)).RightAligned().PadRight(2));
        }

        Add("questions", static r => $"{r.Items}");
        Add("half splits", static r => $"{r.Splits}");
        Add("learned, accuracy", static r => Four(r.Learned), Styles.Strong);
        Add("… the guard let it decide in", static r => $"{r.Adopted:P0}", Styles.Quiet);
        Add("… less plurality", static r => Points(r.Learned - r.Plurality));
        Add("… less the best single model", static r => Points(r.Learned - r.BestSingle));
        Add("plurality, accuracy", static r => Four(r.Plurality));
        Add("best single model, accuracy", static r => Four(r.BestSingle));
        Add("AUROC of learned", static r => Four(r.LearnedAuroc));
        Add("AUROC of the vote share", static r => Four(r.ShareAuroc));
        Add("ECE of learned, calibrated", static r => Four(r.LearnedCalibration.Error));
        Add("… 95 % limit by chance, ratio", static r => $"{Four(r.LearnedCalibration.Limit)}, {r.LearnedCalibration.Ratio:0.00}", Styles.Quiet);
        Add("ECE of majority, calibrated", static r => Four(r.MajorityCalibration.Error));
        Add("… 95 % limit by chance, ratio", static r => $"{Four(r.MajorityCalibration.Limit)}, {r.MajorityCalibration.Ratio:0.00}", Styles.Quiet);
        Add("ECE of majority, raw", static r => Four(r.MajorityRawError));
        for (var t = 0; t < reports.Max(static r => r.Abstention.Count); t++)
        {
            var target = t;
            Add($"answered at {reports[0].Abstention[target].Target:P0} error", r => Four(r.Abstention[target].Coverage));
            Add("… target held in, certified in", r => $"{r.Abstention[target].Held:P1}, {r.Abstention[target].Certified:P1}", Styles.Quiet);
        }

        console.Write(table);

        void Add(string name, Func<SplitsReport, string> figure, Style? style = null) =>
            table.AddRow([new Text(name, Styles.Quiet), .. reports.Select(report => new Text(figure(report), style))]);
    }

    private static string Four(double? value) => value?.ToString("0.0000") ?? "–";

    private static string Points(double difference) => $"{100 * difference:+0.00;-0.00} points";
}
