using System.Net;
using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Runs.Live;

public sealed class LiveRunTests
{
    private static readonly (string, string) Later = ("Prefer", "respond-async");
    private static readonly (string, string) Events = ("Accept", "text/event-stream");

    [Fact]
    public async Task AnAsynchronousRunIsAcceptedAtOnceToldWhileItGoesAndFoundWhenItHasEnded()
    {
        await using var api = await HeldApi.StartAsync();
        using var accepted = await api.AskAsync(HeldApi.Question, Later);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("respond-async", accepted.Headers.GetValues("Preference-Applied").Single());
        Assert.NotNull(accepted.Headers.RetryAfter);
        var begun = JsonSerializer.Deserialize(await accepted.Content.ReadAsStringAsync(), ConsensusJson.Default.ConsensusResponse)!;
        Assert.Equal(RunStatus.Running, begun.Status);
        Assert.Equal(accepted.Headers.Location!.OriginalString, begun.Links["self"]);

        var going = await Poll.UntilAsync(
            async () => await (await api.App.Http.GetAsync(begun.Links["self"])).RunAsync(), r => r.Progress is { Arrived: 1 });
        Assert.Equal((RunStatus.Running, 3, "391"), (going.Status, going.Progress!.Asked, going.Progress.Clusters[0].Answer.Text));
        await (await api.App.Http.DeleteAsync(begun.Links["self"])).ProblemAsync(ErrorCatalog.RunInProgress);

        api.Release();
        var ended = await Poll.UntilAsync(async () => await (await api.App.Http.GetAsync(begun.Links["self"])).RunAsync(), r => r.Status != RunStatus.Running);
        Assert.Equal((RunStatus.Completed, Outcome.Consensus), (ended.Status, ended.Outcome));
        Assert.Null(ended.Progress);
        Assert.Equal(["scores", "self"], ended.Links.Keys.Order());
    }

    [Fact]
    public async Task WaitGivesTheAnswerWhereItComesInTime()
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var answered = await api.AskAsync(HeldApi.Question, ("Prefer", "respond-async, wait=60"));
        Assert.Equal(Outcome.Consensus, (await answered.RunAsync()).Outcome);

        await using var slow = await HeldApi.StartAsync();
        using var accepted = await slow.AskAsync(HeldApi.Question, ("Prefer", "respond-async; foo, wait=1"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    [Fact]
    public async Task EventsAreReadAgainFromWhereOneLeftOffWhileTheRunGoesAndAfterItsEnd()
    {
        await using var api = await HeldApi.StartAsync();
        using var accepted = await api.AskAsync(HeldApi.Question, Later);
        var path = $"{accepted.Headers.Location}/events";
        using var first = await api.SendAsync(HttpMethod.Get, path, null);
        var begin = await HeldApi.ReadAsync(first, e => e.EventType == RunEventNames.Cluster);
        Assert.Equal(["1", "2", "3"], begin.Select(e => e.EventId));
        Assert.Equal([RunEventNames.Run, RunEventNames.Candidate, RunEventNames.Cluster], begin.Select(e => e.EventType));

        using var second = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", "2"));
        api.Release();
        var rest = await HeldApi.ReadAsync(second);
        Assert.Equal("3", rest[0].EventId);
        Assert.Equal(Enumerable.Range(3, rest.Count).Select(i => $"{i}"), rest.Select(e => e.EventId));
        Assert.Equal([RunEventNames.Verdict, RunEventNames.Done], rest[^2..].Select(e => e.EventType));

        using var again = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", rest[^3].EventId!));
        Assert.Equal(rest[^2..].Select(e => (e.EventId, e.Data)), (await HeldApi.ReadAsync(again)).Select(e => (e.EventId, e.Data)));
        using var nothing = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", rest[^1].EventId!));
        Assert.Empty(await HeldApi.ReadAsync(nothing));
    }

    [Fact]
    public async Task TheEventsOfARunThatNoProcessRemembersAreToldFromTheLog()
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var answered = await api.AskAsync();
        var path = $"{answered.Headers.Location}/events";
        using var whole = await api.SendAsync(HttpMethod.Get, path, null, Events);
        var told = await HeldApi.ReadAsync(whole);
        Assert.Equal(
            [RunEventNames.Run, RunEventNames.Candidate, RunEventNames.Candidate, RunEventNames.Candidate, RunEventNames.Verdict, RunEventNames.Done],
            told.Select(e => e.EventType));
        Assert.Equal("stored-1", told[0].EventId);

        using var part = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", "stored-3"));
        Assert.Equal(["stored-4", "stored-5", "stored-6"], (await HeldApi.ReadAsync(part)).Select(e => e.EventId));
        using var live = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", "2"));
        Assert.Equal([RunEventNames.Verdict, RunEventNames.Done], (await HeldApi.ReadAsync(live)).Select(e => e.EventType));
    }

    [Fact]
    public async Task WhatCannotBeFollowedIsSaid()
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var answered = await api.AskAsync();
        var path = $"{answered.Headers.Location}/events";
        using var wrong = await api.SendAsync(HttpMethod.Get, path, null, ("Last-Event-ID", "-7"));
        Assert.Equal(["Last-Event-ID invalid_value"], await wrong.ViolationsAsync());
        using var json = await api.SendAsync(HttpMethod.Get, path, null, ("Accept", "application/json"));
        await json.ProblemAsync(ErrorCatalog.NotAcceptable);
        using var unknown = await api.SendAsync(HttpMethod.Get, $"/v1/runs/{Guid.NewGuid()}/events", null);
        await unknown.ProblemAsync(ErrorCatalog.RunNotFound);
    }

    [Fact]
    public async Task ACancelledRunIsKeptWithWhatHadFinishedAndWhoWaitedIsTold()
    {
        await using var api = await HeldApi.StartAsync();
        using var accepted = await api.AskAsync(HeldApi.Question, Later);
        var self = accepted.Headers.Location!.OriginalString;
        using var watching = await api.SendAsync(HttpMethod.Get, $"{self}/events", null);
        await Poll.UntilAsync(async () => await (await api.App.Http.GetAsync(self)).RunAsync(), r => r.Progress is { Arrived: 1 });

        using var cancelled = await api.SendAsync(HttpMethod.Post, $"{self}/cancel", null);
        var run = await cancelled.RunAsync();
        Assert.Equal((RunStatus.Cancelled, "cancel_requested"), (run.Status, run.StatusReason));
        Assert.Equal("391", run.Candidates!.Single(c => c.Model == "sim/ada").Answer!.Text);
        Assert.Equal(run.StatusReason, (await (await api.App.Http.GetAsync(self)).RunAsync()).StatusReason);
        var events = await HeldApi.ReadAsync(watching);
        Assert.Equal([RunEventNames.Error, RunEventNames.Done], events[^2..].Select(e => e.EventType));
        Assert.Equal("run_cancelled", JsonSerializer.Deserialize(events[^2].Data, ConsensusJson.Default.ProblemBody)!.Code);
        await (await api.SendAsync(HttpMethod.Post, $"{self}/cancel", null)).ProblemAsync(ErrorCatalog.RunFinished);
    }

    [Fact]
    public async Task ARunThatItsCallerWaitsForIsCancelledFromElsewhereAndSaysSo()
    {
        await using var api = await HeldApi.StartAsync();
        using var stream = await api.AskAsync(HeldApi.Question, Events);
        var waiting = api.AskAsync("""{"prompt":"What is 2 + 2?","models":["sim/boole"],"tags":["w"]}""", ("Idempotency-Key", "w"));
        var listed = await Poll.UntilAsync(
            async () => JsonSerializer.Deserialize(await api.App.Http.GetStringAsync("/v1/runs?tag=w"), ConsensusJson.Default.PageRunSummary)!, p => p.Items.Count == 1);
        using var stopped = await api.SendAsync(HttpMethod.Post, $"/v1/runs/{listed.Items[0].RunId}/cancel", null);
        await stopped.RunAsync();
        var problem = await (await waiting).ProblemAsync(ErrorCatalog.RunCancelled);
        Assert.Equal(listed.Items[0].RunId, problem.RunId);

        using var streamed = await api.SendAsync(HttpMethod.Post, $"{stream.Headers.Location}/cancel", null);
        await streamed.RunAsync();
        Assert.Equal(RunEventNames.Error, (await HeldApi.ReadAsync(stream))[^2].EventType);
    }

    [Fact]
    public async Task AKeyFollowsAndStopsItsOwnRunsOnly()
    {
        await using var api = await HeldApi.StartAsync(KeyedApi.Settings);
        var alice = ("Authorization", $"Bearer {KeyedApi.Key("alice")}");
        var bob = ("Authorization", $"Bearer {KeyedApi.Key("bob")}");
        using var accepted = await api.AskAsync(HeldApi.Question, Later, alice);
        var self = accepted.Headers.Location!.OriginalString;
        await (await api.SendAsync(HttpMethod.Get, $"{self}/events", null, bob)).ProblemAsync(ErrorCatalog.RunNotFound);
        await (await api.SendAsync(HttpMethod.Post, $"{self}/cancel", null, bob)).ProblemAsync(ErrorCatalog.RunNotFound);
        using var mine = await api.SendAsync(HttpMethod.Get, $"{self}/events", null, alice);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        using var stopped = await api.SendAsync(HttpMethod.Post, $"{self}/cancel", null, ("Authorization", $"Bearer {KeyedApi.Key("root")}"));
        Assert.Equal(RunStatus.Cancelled, (await stopped.RunAsync()).Status);
    }

    [Fact]
    public async Task AServiceThatStopsFinishesTheRunsThatNobodyWaitsFor()
    {
        await using var api = await HeldApi.StartAsync();
        using var accepted = await api.AskAsync(HeldApi.Question, Later);
        var drain = api.App.Services.GetRequiredService<Drain>();
        await Poll.UntilAsync(() => drain.Going == 1);
        var stopping = api.App.StopAsync();
        await Poll.UntilAsync(() => drain.IsDraining);
        Assert.False(stopping.IsCompleted);
        api.Release();
        await stopping;
        Assert.Equal(0, drain.Going);
        Assert.DoesNotContain(api.App.Log.Lines, l => l.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereNothingIsStoredNothingIsPromisedForLater()
    {
        await using var off = await HeldApi.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" }, held: false);
        await (await off.AskAsync(HeldApi.Question, Later)).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await off.AskAsync(HeldApi.Question, ("Idempotency-Key", "k"))).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await using var bare = await HeldApi.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "None" }, held: false);
        await (await bare.AskAsync(HeldApi.Question, Later)).ProblemAsync(ErrorCatalog.ContentNotStored);
        Assert.Equal((0, 0), (off.Calls, bare.Calls));
    }
}
