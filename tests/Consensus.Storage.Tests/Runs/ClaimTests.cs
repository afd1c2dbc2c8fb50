using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.Storage.Tests.Runs;

public class ClaimTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(Make.Noon);
    private readonly TemporaryLog _log;

    public ClaimTests() => _log = new TemporaryLog(time: _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task AClaimBeginsOneRunAndStandsForItAfterwards()
    {
        var first = Make.Run(RunStatus.Running);
        Assert.Null(await BeginAsync(first, Claim()));
        Assert.Equal(new ClaimedRun(first.RunId, true), await BeginAsync(Make.Run(RunStatus.Running), Claim()));
        Assert.Equal(new ClaimedRun(first.RunId, false), await _log.Log.FindClaimAsync(Claim(body: """{"prompt":"y"}"""), Cancelled));
        Assert.Equal(first.RunId, Assert.Single((await _log.ListAsync()).Items).RunId);
    }

    [Fact]
    public async Task OfManyAtOnceOneBegins()
    {
        var runs = Enumerable.Range(0, 200).Select(_ => Make.Run(RunStatus.Running)).ToArray();
        var outcomes = await Task.WhenAll(runs.Select(run => BeginAsync(run, Claim())));
        var begun = runs[Assert.Single(Enumerable.Range(0, 200), i => outcomes[i] is null)].RunId;
        Assert.All(outcomes.Where(o => o is not null), o => Assert.Equal(begun, o!.RunId));
        Assert.Single((await _log.ListAsync()).Items);
    }

    [Theory]
    [InlineData("other", "POST /v1/consensus", "key")]
    [InlineData(null, "POST /v1/consensus", "key")]
    [InlineData("alice", "POST /v1/consensus/aggregate", "key")]
    [InlineData("alice", "POST /v1/consensus", "Key")]
    [InlineData("alicePOST /v1", "/consensus", "key")]
    public async Task AnotherCallerRouteOrKeyIsAnotherClaim(string? caller, string route, string key)
    {
        Assert.Null(await BeginAsync(Make.Run(RunStatus.Running), Claim()));
        Assert.Null(await _log.Log.FindClaimAsync(IdempotencyClaim.Of(caller, route, key, Body("""{"prompt":"x"}""")), Cancelled));
    }

    [Fact]
    public async Task AClaimEndsAfterADayAndWithItsRow()
    {
        await BeginAsync(Make.Run(RunStatus.Running), Claim());
        _time.Advance(IdempotencyClaim.Lifetime - TimeSpan.FromTicks(1));
        Assert.NotNull(await _log.Log.FindClaimAsync(Claim(), Cancelled));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await _log.Log.FindClaimAsync(Claim(), Cancelled));
        Assert.Null(await BeginAsync(Make.Run(RunStatus.Running), Claim("another")));
        Assert.Equal(1L, Scalar("SELECT count(*) FROM idempotency_keys"));
        Assert.Null(await BeginAsync(Make.Run(RunStatus.Running), Claim()));
    }

    [Fact]
    public async Task OfAnErasedRunOnlyTheClaimIsLeft()
    {
        var run = Make.Run(RunStatus.Completed);
        await BeginAsync(run, Claim());
        await _log.Log.DeleteAsync(run.RunId, static _ => true, by: null, Cancelled);
        Assert.Equal(new ClaimedRun(run.RunId, null), await _log.Log.FindClaimAsync(Claim(), Cancelled));
        Assert.Equal(0L, Scalar("SELECT count(body_mac) FROM idempotency_keys"));
    }

    [Fact]
    public async Task NeitherKeyNorBodyIsInTheFile()
    {
        await BeginAsync(Make.Run(RunStatus.Running), Claim("a-key-to-look-for", """{"prompt":"a body to look for"}"""));
        Assert.Equal(1L, Scalar("SELECT count(*) FROM idempotency_keys"));
        Assert.True(_log.Holds("alice"));
        Assert.False(_log.Holds("to look for"));
        Assert.False(_log.Holds("a-key-to-look-for"));
    }

    private object? Scalar(string sql)
    {
        using var connection = _log.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private Task<ClaimedRun?> BeginAsync(ConsensusResponse run, IdempotencyClaim claim) => _log.Log.BeginAsync(new RunRecord(run, "alice", "test"), claim, Cancelled);

    private static IdempotencyClaim Claim(string key = "key", string body = """{"prompt":"x"}""") => IdempotencyClaim.Of("alice", "POST /v1/consensus", key, Body(body));

    private static JsonElement Body(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
