using System.Net;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Keys;

/// <summary>Keys that are made, used, given new secrets and taken back over the API.</summary>
public sealed class KeysTests
{
    private static readonly NewKey Root = new("root", ["admin", "run", "read"]);

    [Fact]
    public async Task AKeyThatIsMadeIsTakenAtOnceAndItsRunsBelongToItsName()
    {
        await using var app = await ApiApp.StartAsync();
        var root = await Admin(app).CreateKeyAsync(Root);
        using var rooted = app.Client(root.Secret);
        var alice = await new ConsensusClient(rooted).CreateKeyAsync(new NewKey("alice", ["run", "read"]));
        using var alices = app.Client(alice.Secret);
        var bob = await new ConsensusClient(rooted).CreateKeyAsync(new NewKey("bob", ["read"]));
        using var bobs = app.Client(bob.Secret);

        using var asked = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, alices);
        var run = (await asked.RunAsync()).RunId;

        Assert.Equal(HttpStatusCode.OK, (await alices.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bobs.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await rooted.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Contains("scope that is needed: run", (await (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, bobs)).ProblemAsync(ErrorCatalog.Forbidden)).Detail!, StringComparison.Ordinal);
        Assert.Equal(("root", KeyState.Active, KeySource.Stored), (alice.Key.CreatedBy, alice.Key.State, alice.Key.Source));
        Assert.Null(root.Key.CreatedBy);
        Assert.Matches(@"\Acsk_[A-Za-z0-9_-]{43}\z", alice.Secret);
        Assert.Equal(alice.Secret[..10], alice.Key.Hint);
    }

    [Fact]
    public async Task TheSecretIsToldOnceAndNoAnswerIsCached()
    {
        await using var app = await ApiApp.StartAsync();
        using var made = await app.PostAsync("/v1/keys", """{"name":"root","scopes":["admin"]}""");
        Assert.Equal((HttpStatusCode.Created, "/v1/keys/root"), (made.StatusCode, made.Headers.Location?.OriginalString));
        Assert.True(made.Headers.CacheControl!.NoStore);
        var issued = JsonSerializer.Deserialize(await made.Content.ReadAsStringAsync(), ConsensusJson.Default.IssuedKey)!;
        using var root = app.Client(issued.Secret);
        foreach (var path in (string[])["/v1/keys", "/v1/keys/root"])
        {
            using var seen = await root.GetAsync(path);
            Assert.True(seen.Headers.CacheControl!.NoStore);
            var text = await seen.Content.ReadAsStringAsync();
            Assert.Contains("\"root\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain(issued.Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task FromTheFirstKeyOnCallersNeedOneAndTheStartOfThatIsSaid()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/v1/models")).StatusCode);
        await (await app.PostAsync("/v1/keys", """{"name":"ci","scopes":["run","read"]}""")).ViolationsAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/v1/models")).StatusCode);

        var root = await Admin(app).CreateKeyAsync(Root);

        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        using var rooted = app.Client(root.Secret);
        Assert.Equal(HttpStatusCode.OK, (await rooted.GetAsync("/v1/models")).StatusCode);
        Assert.Single(app.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("from now on callers need one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheFirstKeyMustAdministerSoThatNobodyIsLockedOut()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Equal(["scopes required"], await (await app.PostAsync("/v1/keys", """{"name":"ci","scopes":["run"]}""")).ViolationsAsync());
        var root = await Admin(app).CreateKeyAsync(Root);
        using var rooted = app.Client(root.Secret);
        await new ConsensusClient(rooted).CreateKeyAsync(new NewKey("ci", ["run"]));
    }

    [Fact]
    public async Task WithAnonymousLoopbackTheMachineGoesOnRunningAndReading()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Auth:Anonymous"] = "loopback" });
        await Admin(app).CreateKeyAsync(Root);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/v1/models")).StatusCode);
        await (await app.Http.GetAsync("/v1/keys")).ProblemAsync(ErrorCatalog.Forbidden);
    }

    [Fact]
    public async Task RevokingTheLastKeyOpensNothing()
    {
        using var folder = new StorageFolder();
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            var root = await Admin(app).CreateKeyAsync(Root);
            using var rooted = app.Client(root.Secret);
            var revoked = await new ConsensusClient(rooted).RevokeKeyAsync("root");
            Assert.Equal((KeyState.Revoked, "root"), (revoked.State, revoked.RevokedBy));
            await (await rooted.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
            await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        }

        await using var again = await ApiApp.StartAsync(folder.Settings);
        await (await again.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task AnonymousNoneClosesTheMachineAlsoBeforeTheFirstKey()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Auth:Anonymous"] = "none" });
        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task ANameIsNeverGivenTwiceNotEvenAfterItsKeyIsGone()
    {
        await using var app = await ApiApp.StartAsync();
        var root = await Admin(app).CreateKeyAsync(Root);
        using var rooted = app.Client(root.Secret);
        var api = new ConsensusClient(rooted);
        await api.CreateKeyAsync(new NewKey("ci", ["run"]));
        await Refused(ErrorCatalog.KeyExists, () => api.CreateKeyAsync(new NewKey("ci", ["read"])));
        await api.RevokeKeyAsync("ci");
        await Refused(ErrorCatalog.KeyExists, () => api.CreateKeyAsync(new NewKey("ci", ["read"])));
        await Refused(ErrorCatalog.KeyRevoked, () => api.RotateKeyAsync("ci"));
        var once = await api.GetKeyAsync("ci");
        var twice = await api.RevokeKeyAsync("ci");
        Assert.Equal((once.RevokedAt, once.RevokedBy), (twice.RevokedAt, twice.RevokedBy));
        await Refused(ErrorCatalog.KeyNotFound, () => api.RevokeKeyAsync("nobody"));
        await Refused(ErrorCatalog.KeyNotFound, () => api.RotateKeyAsync("nobody"));
        await Refused(ErrorCatalog.KeyNotFound, () => api.GetKeyAsync("nobody"));
    }

    [Fact]
    public async Task EveryViolationIsToldAtOnceAndNoneQuotesWhatStoodThere()
    {
        await using var app = await ApiApp.StartAsync();
        const string secret = "csk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        using var refused = await app.PostAsync("/v1/keys", $$"""
            {"name":"{{secret}}","scopes":["run","run","{{secret}}",3,"\ud800"],"expiresAt":"2020-01-01T00:00:00Z","limits":{"requestsPerMinute":0,"concurrentRuns":1.5,"dailyCostUsd":-1,"more":1} }
            """);
        Assert.DoesNotContain(secret, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "expiresAt out_of_range", "limits.concurrentRuns invalid_type", "limits.dailyCostUsd out_of_range", "limits.more unknown_member", "limits.requestsPerMinute out_of_range",
                "name invalid_value", "scopes required", "scopes[1] duplicate", "scopes[2] invalid_value", "scopes[3] invalid_type", "scopes[4] control_characters",
            ],
            (await refused.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LimitsOfAKeyAreKept()
    {
        await using var app = await ApiApp.StartAsync();
        var limits = new KeyLimits(60, 4, 12.50m);
        var made = await Admin(app).CreateKeyAsync(Root with { Limits = limits, ExpiresAt = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        using var rooted = app.Client(made.Secret);
        var seen = await new ConsensusClient(rooted).GetKeyAsync("root");
        Assert.Equal((limits, made.Key.ExpiresAt), (seen.Limits, seen.ExpiresAt));
    }

    [Fact]
    public async Task TheLastUseIsKeptWithoutARequestWaitingForIt()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Auth:KeyRefresh"] = "00:00:00.1" });
        var root = await Admin(app).CreateKeyAsync(Root);
        using var rooted = app.Client(root.Secret);
        var api = new ConsensusClient(rooted);
        await Eventually.HoldsAsync(async () => (await api.GetKeyAsync("root")).LastUsedAt is not null);
        Assert.True((await api.GetKeyAsync("root")).LastUsedAt >= root.Key.CreatedAt);
    }

    private static ConsensusClient Admin(ApiApp app) => new(app.Http);

    private static async Task Refused(ErrorCode code, Func<Task> act) =>
        Assert.Equal(code.Code, (await Assert.ThrowsAsync<ConsensusApiException>(act)).Problem.Code);
}
