using System.Text.Json;
using Consensus.Cli.Benchmarks.Live;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks.Live;

public sealed class LiveCommandTests : CannedApiTests
{
    private const string Ask = "POST /v1/consensus";

    private readonly CapturedTerminal _terminal = new();

    private CannedApi.Asked[] Asked => [.. Api.Requests.Where(static request => request.Route == Ask)];

    [Fact]
    public async Task EveryQuestionIsAnotherAndTheFiguresAreThoseOfTheRuns()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "12", "--concurrency", "3", "--panel", "pair", "--json", "-"));

        using var document = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-live", document.RootElement);
        var report = document.Deserialize(ConsensusJson.Default.LiveReport)!;
        Assert.Equal((12, 12, 3, "pair", false), (report.Requests, report.Completed, report.Concurrency, report.Panel, report.Stopped));
        Assert.Equal(1, report.DegradedShare);
        Assert.Empty(report.Errors);
        Assert.True(report.LatencyMs!.P50 > 0 && report.LatencyMs.P50 <= report.LatencyMs.P95 && report.LatencyMs.P95 <= report.LatencyMs.P99);
        Assert.Equal(report.LatencyMs.P99 - 1290, report.OverheadMs!.P99, 0.11); // the canned run's slowest call
        Assert.Equal(22, report.SystemOverheadMs!.P50);
        Assert.Equal(report.Seconds, 12 / report.RunsPerSecond, 0.0006); // told to the millisecond, however fast it was

        var asked = Asked.Select(static request => JsonSerializer.Deserialize(request.Body, ConsensusJson.Default.ConsensusRequest)!).ToArray();
        Assert.Equal(12, asked.Select(static request => request.Prompt).Distinct().Count());
        Assert.All(asked, static request => Assert.Equal("pair", request.Panel));
    }

    [Fact]
    public async Task TheFirstCallsSlownessIsSpentOnACallThatAsksNoModel()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "2"));
        Assert.Equal("POST /v1/consensus/aggregate", Api.Requests.First().Route);
        Assert.Equal(2, Asked.Length);
    }

    [Fact]
    public async Task FailuresAreCountedByCodeAndLeaveTheOtherFiguresAlone()
    {
        var number = 0;
        Api.On(Ask, context => Interlocked.Increment(ref number) % 4 == 0
            ? CannedApi.WriteAsync(context, 502, CannedRuns.Problem(ErrorCatalog.PanelFailed), "application/problem+json")
            : CannedApi.WriteAsync(context, 200, CannedRuns.Json(CannedRuns.Verdict()), "application/json"));
        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "20"));
        Assert.Contains("20, 15 decided, 4 at a time", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains("5 × panel_failed", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingButFailuresIsAFailure()
    {
        Api.On(Ask, 502, CannedRuns.Problem(ErrorCatalog.PanelFailed), "application/problem+json");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "5", "--json", "-"));
        Assert.Contains("Every question failed: panel_failed.", _terminal.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-live", document.RootElement);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("latencyMs").ValueKind);
    }

    [Fact]
    public async Task ADurationBoundsTheAsking()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "live", "--url", Url, "--duration", "200ms", "--concurrency", "1", "--json", "-"));
        var report = JsonSerializer.Deserialize(_terminal.Out, ConsensusJson.Default.LiveReport)!;
        Assert.True(report.Seconds >= 0.2, $"{report.Seconds} s");
        Assert.Equal(Asked.Length, report.Requests);
    }

    [Fact]
    public async Task AStoppedLoadTellsWhatItMeasured()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var number = 0;
        Api.On(Ask, async context =>
        {
            if (Interlocked.Increment(ref number) == 4)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await CannedApi.WriteAsync(context, 200, CannedRuns.Json(CannedRuns.Verdict()), "application/json");
        });
        using var api = new LiveApi(Api.Address, null) { Concurrency = 1 };
        var report = await new LiveLoad(api, 100, TimeSpan.MaxValue).RunAsync((_, _) => { }, stop.Token);
        Assert.Equal((3, 3, true), (report.Requests, report.Completed, report.Stopped));
    }

    [Theory]
    [InlineData("unauthorized")]
    [InlineData("forbidden")]
    public async Task ARefusedKeyEndsTheLoadAtOnce(string code)
    {
        Api.On(Ask, code == "forbidden" ? 403 : 401, CannedRuns.Problem(code == "forbidden" ? ErrorCatalog.Forbidden : ErrorCatalog.Unauthorized), "application/problem+json");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--duration", "10m", "--concurrency", "2"));
        Assert.Contains($"Every question failed: {code}. {Url} does not take the question.", _terminal.Error, StringComparison.Ordinal);
        Assert.Single(_terminal.Error.TrimEnd().Split('\n'));
        Assert.Equal("", _terminal.Out);
        Assert.InRange(Asked.Length, 1, 2);
    }

    [Fact]
    public async Task ASystemThatOnlyRefusesIsNotAskedWithoutEnd()
    {
        Api.On(Ask, 503, CannedRuns.Problem(ErrorCatalog.Draining), "application/problem+json");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--duration", "10m", "--concurrency", "4"));
        Assert.Contains("Every question failed: draining. The service is shutting down.", _terminal.Error, StringComparison.Ordinal);
        Assert.InRange(Asked.Length, LiveLoad.MostFailuresInARow, LiveLoad.MostFailuresInARow + 3);
    }

    [Fact]
    public async Task AProxysRefusalIsToldByItsStatus()
    {
        Api.On(Ask, 429, "slow down", "text/plain");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "3"));
        Assert.Contains("Every question failed: unexpected_response. The response is not what the API sends. HTTP 429", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsWrongWithTheQuestionsIsSaid()
    {
        Api.On(Ask, 400, CannedRuns.Problem(ErrorCatalog.ValidationFailed, null, new FieldError("panel", "unknown_panel", "There is no panel \"none\".")), "application/problem+json");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "3", "--panel", "none"));
        Assert.Contains("validation_failed. The request is not valid. panel: There is no panel \"none\".", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASystemThatGoesAwayLeavesFiguresAndAnError()
    {
        var number = 0;
        Api.On(Ask, context => Interlocked.Increment(ref number) > 5
            ? CannedApi.WriteAsync(context, 401, CannedRuns.Problem(ErrorCatalog.Unauthorized), "application/problem+json")
            : CannedApi.WriteAsync(context, 200, CannedRuns.Json(CannedRuns.Verdict()), "application/json"));
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", Url, "--requests", "50", "--concurrency", "1", "--json", "-"));
        Assert.StartsWith("Ended early", _terminal.Error, StringComparison.Ordinal);
        var report = JsonSerializer.Deserialize(_terminal.Out, ConsensusJson.Default.LiveReport)!;
        Assert.Equal((6, 5, 1), (report.Requests, report.Completed, report.Errors["unauthorized"]));
    }

    [Fact]
    public async Task HowFarItIsIsToldOnTheWay()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        using var api = new LiveApi(Api.Address, null) { Concurrency = 3 };
        var told = new List<(int, int)>();
        await new LiveLoad(api, 9, TimeSpan.MaxValue).RunAsync((done, all) => told.Add((done, all)), Cancelled);
        Assert.Equal(Enumerable.Range(1, 9).Select(static done => (done, 9)), told);
        told.Clear();
        await new LiveLoad(api, int.MaxValue, TimeSpan.FromMilliseconds(200)).RunAsync((done, all) => told.Add((done, all)), Cancelled);
        Assert.All(told, static one => Assert.InRange(one.Item1, 0, one.Item2));
        Assert.Equal((200, 200), told[^1]);
    }

    [Theory]
    [InlineData("not this machine", "--url", "http://192.0.2.1")]
    [InlineData("exclude each other", "--requests", "5", "--duration", "1s")]
    [InlineData("exclude each other", "--models", "a", "--panel", "b")]
    [InlineData("--requests must be above 0", "--requests", "0")]
    [InlineData("--concurrency must lie", "--concurrency", "0")]
    public async Task WhatMakesNoSenseIsRefused(string reason, params string[] args)
    {
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync(["bench", "live", .. args]));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASystemThatIsGoneEndsTheLoad()
    {
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "live", "--url", "http://127.0.0.1:1", "--duration", "10m"));
        Assert.Contains("Every question failed: unreachable.", _terminal.Error, StringComparison.Ordinal);
    }
}
