using System.Text.Json;
using System.Text.RegularExpressions;

namespace Consensus.Testing;

/// <summary>A rule of <c>docs/monitoring/consensus-alerts.yml</c>.</summary>
internal sealed record AlertRule(string Name, string Expression, string Severity, IReadOnlyDictionary<string, string> Annotations);

/// <summary>A metric as an expression asks for it: its name, and the labels it is asked by with the words that they are compared with.</summary>
internal sealed record AskedMetric(string Name, IReadOnlyList<(string Label, string Value)> Labels);

/// <summary>The dashboard and the alert rules as they lie in the checkout.</summary>
internal static partial class MonitoringFiles
{
    public const string Dashboard = "docs/monitoring/consensus-dashboard.json";
    public const string Alerts = "docs/monitoring/consensus-alerts.yml";

    /// <summary>What Prometheus adds by itself.</summary>
    private static readonly string[] Added = ["job", "instance", "le", "alertname", "alertstate", "otel_metric_overflow"];

    private static readonly string[] NoMetrics = ["up", "ALERTS"];

    public static JsonElement ReadDashboard() => JsonElement.Parse(Repository.Read(Dashboard));

    /// <summary>The rules. The file is written in one way only, and what is written otherwise is a fault.</summary>
    public static IReadOnlyList<AlertRule> ReadAlerts()
    {
        var rules = new List<AlertRule>();
        foreach (var part in Repository.Read(Alerts).Split("      - alert: ")[1..])
        {
            var lines = part.Split('\n').TakeWhile(line => !line.StartsWith("  - name:", StringComparison.Ordinal)).ToArray();
            var expression = lines.SkipWhile(line => line != "        expr: >-").Skip(1).TakeWhile(line => line.StartsWith("          ", StringComparison.Ordinal));
            var annotations = lines.SkipWhile(line => line != "        annotations:").Skip(1).Where(line => line.Length > 0)
                .Select(line => line.Trim().Split(": ", 2)).ToDictionary(pair => pair[0], pair => JsonElement.Parse(pair[1]).GetString()!, StringComparer.Ordinal);
            rules.Add(new AlertRule(
                lines[0], string.Join(' ', expression.Select(line => line.Trim())), lines.Single(line => line.StartsWith("          severity:", StringComparison.Ordinal)).Split(": ")[1], annotations));
        }

        return rules;
    }

    /// <summary>Every expression of both.</summary>
    public static IReadOnlyList<(string Where, string Expression)> Expressions() =>
    [
        .. ReadAlerts().Select(rule => (rule.Name, rule.Expression)),
        .. ReadDashboard().GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray()
            .Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!))),
    ];

    /// <summary>The metrics that an expression asks for. What it groups by belongs to each of them.</summary>
    public static IReadOnlyList<AskedMetric> Asked(string expression)
    {
        var plain = Variable().Replace(expression, "5m");
        var grouped = Group().Matches(plain).SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)).Where(IsOurs).Select(label => (label, "")).ToArray();
        return [.. Metric().Matches(Group().Replace(plain, " "))
            .Where(m => !NoMetrics.Contains(m.Groups["name"].Value, StringComparer.Ordinal))
            .Select(m => new AskedMetric(m.Groups["name"].Value,
            [
                .. Matcher().Matches(m.Groups["labels"].Value).Where(l => IsOurs(l.Groups["label"].Value)).SelectMany(l => l.Groups["value"].Value.Split('|').Select(v => (l.Groups["label"].Value, v))),
                .. grouped,
            ]))];
    }

    private static bool IsOurs(string label) => !Added.Contains(label, StringComparer.Ordinal);

    [GeneratedRegex(@"\$__rate_interval", RegexOptions.None, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\b(by|on) \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Group();

    [GeneratedRegex(@"\b(?<name>[a-zA-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)+|up|ALERTS)(?<labels>\{[^}]*\})?(?![\w(=!~])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("""(?<label>[a-z_]+)(=~|!~|!=|=)"(?<value>[^"]*)""" + "\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Matcher();
}
