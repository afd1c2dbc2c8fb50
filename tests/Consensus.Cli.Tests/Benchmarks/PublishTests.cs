using System.Text.Json;
using Consensus.Cli.Tests.Benchmarks.Answers;
using Consensus.Contracts.Errors;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;

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
        Assert.Equal(["one", "two"], api.Requests.Skip(1).Select(static r => JsonDocument.Parse(r.Body).RootElement.GetProperty("suite").GetString()!));
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
        await using var api = await CannedApi.StartAsync();
        api.On(Route, context => IsTrial(api) ? RefuseAsync(context, ErrorCatalog.ValidationFailed) : RefuseAsync(context, ErrorCatalog.RunLogUnavailable));
        var output = _suites.PathOf("out.json");
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--json", output, "--publish", api.Address.ToString()));
        Assert.Contains("one was not published.", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("run_log_unavailable", _terminal.Error, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("unauthorized")]
    [InlineData("forbidden")]
    [InlineData("run_log_disabled")]
    public async Task WhatWillBeRefusedIsNoticedBeforeTheRun(string code)
    {
        await using var api = await CannedApi.StartAsync();
        api.On(Route, context => RefuseAsync(context, ErrorCatalog.All.Single(error => error.Code == code)));
        var output = _suites.PathOf("out.json");
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--json", output, "--publish", api.Address.ToString()));
        Assert.StartsWith("Nothing was run, for its results could not be published.", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains($"({code}, ", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("[]", Assert.Single(api.Requests).Body);
        Assert.False(File.Exists(output) || File.Exists(output + ".partial"));
    }

    [Fact]
    public async Task AKeyThatNoHeaderCarriesIsNoticedBeforeTheRun()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--publish", "http://127.0.0.1:1", "--key", "schlüssel"));
        Assert.Equal("The API key has characters that a header cannot carry: visible ASCII only.", _terminal.Error.TrimEnd());
        Assert.Equal("", _terminal.Out);
    }

    [Fact]
    public async Task AnApiThatIsNotThereIsNoticedBeforeTheRun()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", Suite("one"), "--publish", "http://127.0.0.1:1"));
        Assert.Contains("No API answers at http://127.0.0.1:1", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Out);
    }

    [Fact]
    public async Task StoppedWhilePublishingTheRunIsCompleteAndNotToBeTakenUpAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill command to send the signal with.");
        var asked = new TaskCompletionSource();
        await using var api = await CannedApi.StartAsync();
        api.On(Route, async context =>
        {
            if (IsTrial(api))
            {
                await RefuseAsync(context, ErrorCatalog.ValidationFailed);
                return;
            }

            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var output = _suites.PathOf("out.json");
        using var process = CliProcess.Start("bench", "run", Suite("one"), Suite("two"), "--json", output, "--publish", api.Address.ToString());
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await CliProcess.StopAsync(process);

        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.Equal("Stopped; the results are complete, but not published: one, two.", (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        Assert.True(File.Exists(output) && !File.Exists(output + ".partial"));
    }

    private static bool IsTrial(CannedApi api) => api.Requests.Last().Body == "[]";

    private static Task RefuseAsync(HttpContext context, ErrorCode error) =>
        CannedApi.WriteAsync(context, error.Status, CannedRuns.Problem(error), "application/problem+json");

    private string Suite(string name) => _suites.Write($"{name}.jsonl", SuiteWriter.Row("q1", "4", "4", "4", "5"), SuiteWriter.Row("q2", "5", "5", "6", "6"));
}
