using System.Text.Json;
using Consensus.Cli.Tests.Benchmarks.Answers;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

public sealed class PublishTests : IDisposable
{
    private const string Route = "POST /v1/benchmarks";
    private const string Id = "0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35";
    private const string Receipt = $$"""{"benchmarks":[{"id":"{{Id}}","sha256":"ab","created":true}]}""";

    private readonly SuiteWriter _suites = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _suites.Dispose();

    [Fact]
    public async Task EachResultIsSentAndItsAddressIsPrinted()
    {
        await using var api = (await CannedApi.StartAsync()).On(Route, 201, Receipt);
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", Suite("one"), Suite("two"), "--publish", api.Address.ToString(), "--key", "secret"));
        Assert.Equal(["one", "two"], api.Requests.Select(static r => JsonDocument.Parse(r.Body).RootElement.GetProperty("suite").GetString()!));
        Assert.Contains(Id, _terminal.Out, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Error);
    }

    [Fact]
    public async Task PrintedJsonStaysAlone()
    {
        await using var api = (await CannedApi.StartAsync()).On(Route, 200, Receipt);
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", Suite("one"), "--json", "-", "--publish", api.Address.ToString()));
        using var printed = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-run", printed.RootElement);
        Assert.Contains(Id, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusalIsToldAndTheFileIsWrittenAllTheSame()
    {
        await using var api = (await CannedApi.StartAsync()).On(
            Route, 409, """{"type":"x","title":"The run log is switched off.","status":409,"code":"run_log_disabled","retryable":false}""", "application/problem+json");
        var output = _suites.PathOf("out.json");
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--json", output, "--publish", api.Address.ToString()));
        Assert.Contains("one was not published.", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("run_log_disabled", _terminal.Error, StringComparison.Ordinal);
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        SchemaCheck.Validates("bench-run", written.RootElement);
    }

    [Fact]
    public async Task AnAddressThatIsNoneIsAnErrorBeforeTheRun()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--publish", "nowhere"));
        Assert.Contains("is not an address", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Out);
    }

    private string Suite(string name) => _suites.Write($"{name}.jsonl", SuiteWriter.Row("q1", "4", "4", "4", "5"), SuiteWriter.Row("q2", "5", "5", "6", "6"));
}
