using System.Globalization;
using System.Text.RegularExpressions;

namespace Consensus.Testing;

/// <summary>One series of <c>/metrics</c>.</summary>
internal sealed record Series(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public override string ToString() => $"{Name}{{{string.Join(',', Labels.Select(l => $"{l.Key}={l.Value}"))}}}";
}

/// <summary>What <c>/metrics</c> said.</summary>
internal sealed partial class Scrape(string text)
{
    public string Text => text;

    public IReadOnlyList<Series> Series { get; } = [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Read)];

    public static async Task<Scrape> OfAsync(HttpClient client) =>
        new(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>The sum of the series of a name that have these labels.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels) => Of(name, labels).Sum(series => series.Value);

    /// <summary>The series of a name that have these labels.</summary>
    public IEnumerable<Series> Of(string name, params (string Label, string Value)[] labels) =>
        Series.Where(series => series.Name == name && Array.TrueForAll(labels, label => series.Labels.GetValueOrDefault(label.Label) == label.Value));

    private static Series Read(string line)
    {
        var match = Line().Match(line);
        Assert.True(match.Success, $"No line of Prometheus' text format: {line}");
        var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(
            m => m.Groups["name"].Value, m => m.Groups["value"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparer.Ordinal);
        return new Series(match.Groups["name"].Value, labels, double.Parse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([^"}]|"([^"\\]|\\.)*")*)\})? (?<value>\S+)( \d+)?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\.)*)""" + "\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
