using System.Text.RegularExpressions;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Runs;

/// <summary>The built command asks with a key for repetition, against the running system.</summary>
[Collection(SharedSystemGroup.Name)]
public sealed partial class RepeatedCommandTests(SharedSystem shared)
{
    [Fact]
    public async Task TheSameCommandWithTheSameKeyShowsTheRunThatTheFirstBegan()
    {
        var key = $"repeated-{Guid.NewGuid()}";
        string[] command = ["ask", "What is 19 * 21?", "--idempotency-key", key];
        var before = (await shared.System.Client.ListRunsAsync()).Items.Count;
        var (watched, first) = await RunAsync(0, command);
        var (printed, again) = await RunAsync(0, [.. command, "--json"]);
        Assert.Contains("399", watched, StringComparison.Ordinal);
        Assert.Contains("[1/5]", watched, StringComparison.Ordinal);
        Assert.Contains("\"399\"", printed, StringComparison.Ordinal);
        Assert.Equal(first, again);
        Assert.Equal(before + 1, (await shared.System.Client.ListRunsAsync()).Items.Count);

        var (refused, _) = await RunAsync(1, "ask", "What is 19 * 22?", "--idempotency-key", key);
        Assert.Contains("idempotency_key_reused", refused, StringComparison.Ordinal);
    }

    private async Task<(string Output, string? RunId)> RunAsync(int exitCode, params string[] args)
    {
        var environment = new Dictionary<string, string?> { ["CONSENSUS_API_KEY"] = SharedSystem.AdminKey };
        await using var command = RunningProcess.Start("dotnet", [Repository.Assembly("Cli"), .. args, "--url", shared.System.Http.BaseAddress!.ToString()], environment);
        Assert.True(await command.ExitAsync(TimeSpan.FromMinutes(2)) == exitCode, command.Lines.All);
        return (command.Lines.All, Id().Match(command.Lines.All) is { Success: true } id ? id.Value : null);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Id();
}
