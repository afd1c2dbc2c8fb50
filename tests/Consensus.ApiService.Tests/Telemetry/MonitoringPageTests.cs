using System.Text.Json;
using System.Text.RegularExpressions;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>The dashboard, the alert rules and the page of the instruments say the same.</summary>
public sealed partial class MonitoringPageTests
{
    private static readonly string[] Sections =
        ["Consensus.Api", "Consensus.LanguageModels", "Consensus.Scoring", "Consensus.Storage", "Consensus.Health", "Consensus.Redis", "Framework"];

    /// <summary>Rules about what Prometheus itself knows.</summary>
    private static readonly string[] WithoutInstrument = ["ConsensusApiDown", "ConsensusSeriesOverflow", "ConsensusServiceDown"];

    private static readonly Documented[] Instruments = [.. Sections.SelectMany(InstrumentPage.Cells).Select(cells => new Documented(cells))];

    [Fact]
    public void EveryAlertOfThePageIsARuleAndEveryRuleStandsOnThePage()
    {
        var rows = InstrumentPage.Cells("Alerts").Select(cells => $"{cells[1]} {cells[2]}").Order(StringComparer.Ordinal);
        Assert.Equal(MonitoringFiles.ReadAlerts().Select(rule => $"{rule.Name} {rule.Severity}").Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public void AnInstrumentNamesTheAlertsThatAskForItAndNoOthers()
    {
        var named = Instruments.SelectMany(i => i.Alerts.Select(alert => $"{alert} {i.Prometheus}")).Order(StringComparer.Ordinal).ToArray();
        var asking = MonitoringFiles.ReadAlerts()
            .SelectMany(rule => MonitoringFiles.Asked(rule.Expression).Select(asked => $"{rule.Name} {Trimmed(asked.Name)}")).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(asking, named);
        Assert.Equal(WithoutInstrument, MonitoringFiles.ReadAlerts().Select(rule => rule.Name).Except(Instruments.SelectMany(i => i.Alerts)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRuleSaysWhatHappenedAndWhatToDo() => Assert.All(MonitoringFiles.ReadAlerts(), rule =>
    {
        Assert.Contains(rule.Severity, (string[])["critical", "warning"]);
        Assert.Equal(["description", "runbook", "summary"], rule.Annotations.Keys.Order(StringComparer.Ordinal));
        Assert.All(rule.Annotations.Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal("docs/telemetry.md#alerts", rule.Annotations["runbook"]);
    });

    [Fact]
    public void EveryMetricThatIsAskedForStandsOnThePageWithItsLabels()
    {
        var known = Instruments.ToLookup(i => i.Prometheus, StringComparer.Ordinal);
        foreach (var (where, expression) in MonitoringFiles.Expressions())
        {
            foreach (var (name, labels) in MonitoringFiles.Asked(expression))
            {
                var instrument = known[Trimmed(name)].FirstOrDefault();
                Assert.True(instrument is not null, $"{where}: {name} is no metric of the page.");
                Assert.All(labels, label => Assert.True(
                    instrument!.Labels.Contains(label.Label, StringComparer.Ordinal), $"{where}: {name} has no label {label.Label}."));
            }
        }
    }

    [Fact]
    public void EveryWordThatALabelIsComparedWithStandsOnThePage()
    {
        var page = Repository.Read(InstrumentPage.Path);
        foreach (var (where, expression) in MonitoringFiles.Expressions())
        {
            var words = MonitoringFiles.Asked(expression).SelectMany(asked => asked.Labels).Select(label => label.Value).Where(word => PlainWord().IsMatch(word));
            Assert.All(words, word => Assert.True(page.Contains($"`{word}`", StringComparison.Ordinal), $"{where}: no label has the value {word}."));
        }
    }

    [Fact]
    public void TheDashboardIsOneThatGrafanaTakes()
    {
        var dashboard = MonitoringFiles.ReadDashboard();
        Assert.InRange(dashboard.GetProperty("schemaVersion").GetInt32(), 39, 50);
        var variables = dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("name").GetString()).ToArray();
        Assert.Equal(["datasource", "job", "instance"], variables);
        var panels = dashboard.GetProperty("panels").EnumerateArray().ToArray();
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(
            ["Answers", "Models and providers", "Cost", "Errors", "Limits and policy", "Queue", "Store", "Evidence", "Processes"],
            panels.Where(panel => TypeOf(panel) == "row").Select(panel => panel.GetProperty("title").GetString()));
        Assert.All(panels, panel => Assert.Contains(TypeOf(panel), (string[])["row", "stat", "timeseries", "state-timeline"]));
        var charts = panels.Where(panel => TypeOf(panel) != "row").ToArray();
        Assert.All(charts, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.All(
            charts.Concat(charts.SelectMany(panel => panel.GetProperty("targets").EnumerateArray())),
            part => Assert.Equal("${datasource}", part.GetProperty("datasource").GetProperty("uid").GetString()));
        // A grid of 24 columns in which nothing lies on anything else.
        var cells = panels.Select(panel => panel.GetProperty("gridPos")).SelectMany(at =>
            from x in Enumerable.Range(at.GetProperty("x").GetInt32(), at.GetProperty("w").GetInt32())
            from y in Enumerable.Range(at.GetProperty("y").GetInt32(), at.GetProperty("h").GetInt32())
            select (x, y)).ToArray();
        Assert.Equal(cells.Length, cells.Distinct().Count());
        Assert.InRange(cells.Max(cell => cell.x), 0, 23);
    }

    /// <summary>Without what Prometheus adds to the parts of a histogram.</summary>
    private static string Trimmed(string name) => HistogramPart().Replace(name, "");

    private static string? TypeOf(JsonElement panel) => panel.GetProperty("type").GetString();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramPart();

    [GeneratedRegex("^[a-z][a-z_-]*$", RegexOptions.None, 1000)]
    private static partial Regex PlainWord();

    /// <summary>A row of the page.</summary>
    private sealed class Documented(string[] cells)
    {
        /// <summary>Its name as Prometheus has it: units in full, totals of counters, ones as ratios.</summary>
        public string Prometheus { get; } = Words(cells[1]) + UnitOf(cells) + (cells[2] == "counter" ? "_total" : "");

        public string[] Labels { get; } = [.. cells[4].Split(", ").Select(Words)];

        public string[] Alerts { get; } = [.. cells[6].Split(", ").Where(alert => alert != "none")];

        private static string Words(string name) => name.Replace('.', '_');

        private static string UnitOf(string[] cells) => cells[3] switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "USD" => "_USD",
            _ => "",
        };
    }
}
