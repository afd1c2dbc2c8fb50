using System.Text.RegularExpressions;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Standalone;

/// <summary>What a host wrote, line by line.</summary>
internal sealed class Lines : StringWriter
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            _lines.Add(value ?? "");
        }
    }

    /// <summary>Waits for a line and gives what its only group caught.</summary>
    public async Task<string> CaughtAsync(string pattern)
    {
        var expression = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Match? match = null;
        await Eventually.HoldsAsync(
            () => (match = All.Select(line => expression.Match(line)).FirstOrDefault(found => found.Success)) is not null,
            () => $"a line like '{pattern}' in:{Environment.NewLine}{string.Join(Environment.NewLine, All)}");
        return match!.Groups["it"].Value;
    }

    public async Task<int> PidAsync(string service) => int.Parse(await CaughtAsync($@"^{service} started \(pid (?<it>\d+)\)$"));

    public async Task<Uri> AddressAsync(string service) => new(await CaughtAsync($@"^{service} +(?<it>http://\S+)$"));
}
