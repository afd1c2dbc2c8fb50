using System.Net;
using System.Security.Cryptography;
using System.Text;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Auth;

/// <summary>A service with one key for each scope.</summary>
public sealed class KeyedApi : IAsyncLifetime
{
    public ApiApp App { get; private set; } = null!;

    public static string Key(string name) => $"{name}-0123456789-abcdefghij";

    public static Dictionary<string, string> Settings => new()
    {
        ["Auth:Keys:run:Key"] = Key("run"),
        ["Auth:Keys:run:Scopes:0"] = "run",
        ["Auth:Keys:read:Hash"] = "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key("read")))),
        ["Auth:Keys:read:Scopes"] = "read",
        ["Auth:Keys:admin:Key"] = Key("admin"),
        ["Auth:Keys:admin:Scopes:0"] = "admin",
        ["Auth:Keys:worker:Key"] = Key("worker"),
        ["Auth:Keys:worker:Scopes:0"] = "worker",
        ["Auth:Keys:alice:Key"] = Key("alice"),
        ["Auth:Keys:alice:Scopes"] = "run,read",
        ["Auth:Keys:bob:Key"] = Key("bob"),
        ["Auth:Keys:bob:Scopes"] = "run read",
        ["Auth:Keys:root:Key"] = Key("root"),
        ["Auth:Keys:root:Scopes"] = "run,read,admin",
    };

    public async ValueTask InitializeAsync() => App = await ApiApp.StartAsync(Settings);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class AuthTests(KeyedApi keyed) : IClassFixture<KeyedApi>
{
    private static readonly string[] Everybody = ["run", "read", "admin", "worker"];

    /// <summary>Route, and the scopes that open it.</summary>
    public static TheoryData<string, string, string> Routes => new()
    {
        { "POST", "/v1/consensus", "run" },
        { "POST", "/v1/consensus/aggregate", "run" },
        { "GET", "/v1/runs", "read" },
        { "GET", "/v1/runs/01900000-0000-7000-8000-000000000000", "read" },
        { "DELETE", "/v1/runs/01900000-0000-7000-8000-000000000000", "run" },
        { "POST", "/v1/runs/01900000-0000-7000-8000-000000000000/label", "run" },
        { "GET", "/v1/runs/none/scores", "read" },
        { "GET", "/v1/scores", "read" },
        { "GET", "/v1/scores/models", "read" },
        { "POST", "/v1/scoring/jobs", "run" },
        { "GET", "/v1/scoring/jobs", "read" },
        { "GET", "/v1/scoring/jobs/none", "read" },
        { "POST", "/v1/scoring/jobs/none/retry", "run" },
        { "POST", "/v1/scoring/jobs/none/attempts", "worker" },
        { "POST", "/v1/scores", "worker" },
        { "GET", "/v1/scoring/config", "run read worker" },
        { "PUT", "/v1/scoring/config", "admin" },
        { "GET", "/v1/scoring/config/0123456789abcdef", "run read worker" },
        { "GET", "/v1/scoring/config/schema", "run read worker" },
        { "GET", "/v1/scoring/config/history", "read" },
        { "GET", "/v1/models", "run read" },
        { "GET", "/v1/strategies", "run read" },
        { "GET", "/v1/calibration", "run read" },
        { "GET", "/v1/reliability", "run read" },
        { "PUT", "/v1/calibration", "admin" },
        { "POST", "/v1/benchmarks", "admin" },
        { "GET", "/v1/benchmarks", "read" },
        { "GET", "/v1/benchmarks/none", "read" },
        { "GET", "/v1/keys", "admin" },
        { "POST", "/v1/keys", "admin" },
        { "GET", "/v1/keys/none", "admin" },
        { "POST", "/v1/keys/none/rotate", "admin" },
        { "POST", "/v1/keys/none/revoke", "admin" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task ARouteOpensToItsScopesAndToNoOther(string method, string path, string scopes)
    {
        using (var nobody = await SendAsync(method, path, null))
        {
            await nobody.ProblemAsync(ErrorCatalog.Unauthorized);
            Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.Single().Scheme);
        }

        foreach (var scope in Everybody)
        {
            using var response = await SendAsync(method, path, KeyedApi.Key(scope));
            if (scopes.Split(' ').Contains(scope))
            {
                Assert.NotInRange((int)response.StatusCode, 401, 403);
            }
            else
            {
                Assert.Contains(scopes.Split(' ')[0], (await response.ProblemAsync(ErrorCatalog.Forbidden)).Detail, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    public async Task ProbesAndTheDescriptionAreOpenOnLoopback(string path)
    {
        using var response = await keyed.App.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer unknown-key-0123456789")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic cnVuOnJ1bg==")]
    [InlineData("run-0123456789-abcdefghij")]
    public async Task WhatIsNotAKnownKeyIsRefused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await keyed.App.Http.SendAsync(request);
        await response.ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task AKeySeesItsOwnRunsAndAnAdministratorAll()
    {
        var mine = await AskAsync("alice");
        var theirs = await AskAsync("bob");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", mine, "alice"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("GET", theirs, "alice"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", theirs, "root"));

        Assert.Contains(mine.RunId, await ListedAsync("alice"));
        Assert.DoesNotContain(theirs.RunId, await ListedAsync("alice"));
        Assert.Superset(new HashSet<Guid> { mine.RunId, theirs.RunId }, await ListedAsync("root"));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("DELETE", theirs, "alice"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("DELETE", mine, "alice"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("GET", mine, "root"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("DELETE", theirs, "root"));
    }

    [Fact]
    public async Task WithoutAKeyOnlyRunsOfNoKeyMayBeErased()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Auth:Anonymous"] = "loopback" });
        using var nobody = app.Client(null);
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var root = app.Client(KeyedApi.Key("root"));
        var (open, hers, also) = (await PathAsync(nobody), await PathAsync(alice), await PathAsync(alice));

        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(hers)).StatusCode);
        Assert.Contains("admin", (await (await nobody.DeleteAsync(hers)).ProblemAsync(ErrorCatalog.Forbidden)).Detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync(hers)).StatusCode);
        await (await alice.DeleteAsync(open)).ProblemAsync(ErrorCatalog.RunNotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await nobody.DeleteAsync(open)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync(hers)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await root.DeleteAsync(also)).StatusCode);

        async Task<string> PathAsync(HttpClient client)
        {
            using var response = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, client);
            return $"/v1/runs/{(await response.RunAsync()).RunId}";
        }
    }

    [Fact]
    public async Task NoKeyIsEverLogged()
    {
        using var response = await SendAsync("GET", "/v1/models", KeyedApi.Key("alice"));
        Assert.DoesNotContain(keyed.App.Log.Lines, line => KeyedApi.Settings.Where(s => s.Key.EndsWith(":Key", StringComparison.Ordinal)).Any(s => line.Contains(s.Value, StringComparison.Ordinal)));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key)
    {
        using var client = keyed.App.Client(key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method is "POST" or "PUT" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        return await client.SendAsync(request);
    }

    private async Task<ConsensusResponse> AskAsync(string name)
    {
        using var client = keyed.App.Client(KeyedApi.Key(name));
        using var response = await keyed.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, client);
        return await response.RunAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string method, ConsensusResponse run, string name)
    {
        using var response = await SendAsync(method, $"/v1/runs/{run.RunId}", KeyedApi.Key(name));
        return response.StatusCode;
    }

    private async Task<HashSet<Guid>> ListedAsync(string name)
    {
        using var response = await SendAsync("GET", "/v1/runs?limit=500", KeyedApi.Key(name));
        var page = System.Text.Json.JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), Consensus.Contracts.Json.ConsensusJson.Default.PageRunSummary)!;
        return [.. page.Items.Select(i => i.RunId)];
    }
}
