using System.Collections.Concurrent;
using System.Diagnostics;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.ModelSimulator;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>Which runs are judged: those that ask for it, and a sample of the others.</summary>
public sealed class SamplingTests(SharedApi shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void TheShareOfDrawnRunsIsTheRate(double rate)
    {
        var time = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var random = new Random(7);
        Guid[] ids = [.. Enumerable.Range(0, 2_000).Select(i => Id(random, time.AddMilliseconds(i)))];
        var share = ids.Count(id => JudgeSampling.IsDrawn(id, rate)) / 2_000.0;
        // Four standard errors.
        Assert.InRange(share, rate - (4 * Math.Sqrt(rate * (1 - rate) / 2_000)), rate + (4 * Math.Sqrt(rate * (1 - rate) / 2_000)));
        Assert.All(ids, id => Assert.True(!JudgeSampling.IsDrawn(id, 0) && JudgeSampling.IsDrawn(id, 1)));
        Assert.All(ids.Where(id => JudgeSampling.IsDrawn(id, 0.1)), id => Assert.True(JudgeSampling.IsDrawn(id, 0.5)));
    }

    [Fact]
    public void TheDrawIsThatOfTheDocumentedHash()
    {
        var id = Guid.Parse("0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35");
        var hash = System.Security.Cryptography.SHA256.HashData(Convert.FromHexString("0197f3c25a1b7f448d0e6c1b2a9e7d35"));
        var fraction = Convert.ToUInt64(Convert.ToHexString(hash[..8]), 16) / 18446744073709551616.0;
        Assert.False(JudgeSampling.IsDrawn(id, fraction));
        Assert.True(JudgeSampling.IsDrawn(id, fraction + 1e-9));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(1, null, "quality")]
    [InlineData(1, "false", null)]
    [InlineData(0, "true", "quality")]
    [InlineData(0, "\"strict\"", "strict")]
    [InlineData(0, """{"rubric":"strict"}""", "strict")]
    [InlineData(0, "{}", "quality")]
    public async Task ARunIsJudgedWhenItAsksOrIsDrawn(double rate, string? judge, string? rubric)
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { SamplingRate = rate });
        var body = $$"""{"prompt":"What is 17 * 23?","answers":[{"model":"a","text":"391"},{"model":"b","text":"391"}]{{(judge is null ? "" : $",\"judge\":{judge}")}}}""";
        using var response = await api.App.PostAsync("/v1/consensus/aggregate", body);
        var run = await response.RunAsync();
        var jobs = (await api.Client.ListJudgeJobsAsync(new JudgeJobQuery { RunId = run.RunId }, Token)).Items;
        Assert.Equal(rubric is null ? [] : [rubric], jobs.Select(j => j.Rubric));
        Assert.All(jobs, job => Assert.Equal(JudgedApi.Version, job.ConfigVersion));
    }

    [Fact]
    public async Task AskedModelsAreJudgedTooButNotARunThatFailed()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { SamplingRate = 1 }, shared.Settings);
        var run = await api.Client.AskAsync(new ConsensusRequest { Prompt = "What is 17 * 23?", Models = ["sim/ada", "sim/boole", "sim/curie"] }, Token);
        Assert.Equal(run.RunId, Assert.Single((await api.Client.ListJudgeJobsAsync(null, Token)).Items).RunId);

        await using var simulator = await SimulatorHost.StartAsync(
            new[] { "ada", "boole", "curie", "darwin", "euler" }.ToDictionary(m => $"Simulator:Models:{m}:Faults:server_error:Probability", _ => (string?)"1"));
        await using var failing = await JudgedApi.StartAsync(JudgedApi.Config, SharedApi.SettingsFor(simulator));
        await (await failing.App.PostAsync("/v1/consensus", """{"prompt":"x","judge":true,"deadlineMs":30000}""")).ProblemAsync(ErrorCatalog.PanelFailed);
        Assert.Empty((await failing.Client.ListJudgeJobsAsync(null, Token)).Items);
    }

    [Fact]
    public async Task AskingForWhatCannotBeIsRefusedBeforeAnyModelIsAsked()
    {
        await using var none = await JudgedApi.StartAsync(JudgedApi.Config with { Judges = [], SamplingRate = 1 });
        await RefusedAsync(none, ErrorCatalog.NoJudges);
        await using var bare = await JudgedApi.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "none" });
        await RefusedAsync(bare, ErrorCatalog.ContentNotStored);
        await using var off = await JudgedApi.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await RefusedAsync(off, ErrorCatalog.RunLogDisabled);

        static async Task RefusedAsync(JudgedApi api, ErrorCode code)
        {
            await (await api.App.PostAsync("/v1/consensus", """{"prompt":"x","judge":true}""")).ProblemAsync(code);
            await (await api.App.PostAsync("/v1/consensus/aggregate", """{"prompt":"x","judge":"quality","answers":[{"model":"a","text":"1"}]}""")).ProblemAsync(code);
            // Without being asked for, it is no reason to refuse.
            await (await api.App.PostAsync("/v1/consensus/aggregate", """{"prompt":"x","answers":[{"model":"a","text":"1"}]}""")).RunAsync();
        }
    }

    [Theory]
    [InlineData("/v1/consensus", """{"prompt":"x","judge":3}""", "judge invalid_type")]
    [InlineData("/v1/consensus", """{"prompt":"x","judge":[]}""", "judge invalid_type")]
    [InlineData("/v1/consensus", """{"prompt":"x","judge":"beauty"}""", "judge invalid_value")]
    [InlineData("/v1/consensus", """{"prompt":"x","judge":{"rubric":"beauty","by":1}}""", "judge.by unknown_member", "judge.rubric invalid_value")]
    [InlineData("/v1/consensus", """{"prompt":"x","judge":""}""", "judge required")]
    [InlineData("/v1/consensus/aggregate", """{"answers":[{"model":"a","text":"1"}],"judge":true}""", "prompt required")]
    public async Task AWrongWishIsAViolation(string path, string body, params string[] violations)
    {
        await using var api = await JudgedApi.StartAsync();
        Assert.Equal(violations, (await (await api.App.PostAsync(path, body)).ViolationsAsync()).Order());
    }

    [Fact]
    public async Task TheJobCarriesTheTraceOfItsRun()
    {
        var spans = new ConcurrentBag<(string? Run, string? Id)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ApiTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Add((span.GetTagItem("consensus.run.id") as string, span.Id)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { SamplingRate = 1 });
        var run = await api.RunAsync();
        var due = Assert.Single(await api.App.Services.GetRequiredService<RunLog>().ListDueJobsAsync(0, 10, Token));
        Assert.NotNull(due.TraceParent);
        Assert.Contains((run.ToString(), due.TraceParent), spans);
    }

    private static Guid Id(Random random, DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        Guid.CreateVersion7(time).ToByteArray(bigEndian: true).AsSpan(0, 6).CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }
}
