using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Retention;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.ApiService.Tests.Scoring;
using Consensus.ApiService.Tests.Scoring.Configuration;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Errors;

/// <summary>The requests and the states of a service that an error takes.</summary>
public sealed partial class ErrorMakings
{
    /// <summary>A service whose catalogue of models is at fault: whatever asks them ends in a fault nobody foresaw.</summary>
    public static Task<ApiApp> BrokenAsync(SharedApi shared) => ApiApp.StartAsync(shared.Settings, builder => builder.Services.AddSingleton(new ModelCatalog
    {
        Models = [],
        Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = ["no/such-model"] },
    }));

    private static async Task<HttpResponseMessage> BegunAsync(Func<HeldApi, Uri, Task<HttpResponseMessage>> ask, IReadOnlyDictionary<string, string>? settings = null)
    {
        await using var api = await HeldApi.StartAsync(settings);
        using var begun = await api.AskAsync(HeldApi.Question, ("Idempotency-Key", "k"), ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        return await ask(api, begun.Headers.Location!);
    }

    private static Task<HttpResponseMessage> CancelledAsync(Func<HeldApi, Uri, Task<HttpResponseMessage>> ask) => BegunAsync(async (api, self) =>
    {
        using var cancelled = await api.SendAsync(HttpMethod.Post, $"{self}/cancel", null);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        return await ask(api, self);
    });

    /// <summary>A process that has the run log open, but does not conduct the run.</summary>
    private static Task<HttpResponseMessage> RunningElsewhereAsync() => WithTheSameLogAsync("another", (other, self) => other.Http.PostAsync($"{self}/cancel", null));

    /// <summary>A process that starts under the name of one that still had a run going.</summary>
    private static Task<HttpResponseMessage> InterruptedAsync() => WithTheSameLogAsync("one", async (other, _) =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus") { Content = new StringContent(HeldApi.Question, null, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        return await other.Http.SendAsync(request);
    });

    private static async Task<HttpResponseMessage> WithTheSameLogAsync(string instance, Func<ApiApp, Uri, Task<HttpResponseMessage>> ask)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-shared-").FullName;
        try
        {
            return await BegunAsync(
                async (_, self) =>
                {
                    await using var other = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = folder, ["RunLog:Instance"] = instance });
                    return await ask(other, self);
                },
                new Dictionary<string, string> { ["Storage:Folder"] = folder, ["RunLog:Instance"] = "one" });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<HttpResponseMessage> ReplaceAnotherAsync()
    {
        var config = JsonNode.Parse(await shared.App.Http.GetStringAsync("/v1/scoring/config"))!["config"]!;
        return await shared.App.PutConfigAsync(config, "\"0123456789abcdef\"");
    }

    private static async Task<HttpResponseMessage> JudgedAsync(Func<JudgedApi, JudgeWork, Task<HttpResponseMessage>> ask)
    {
        await using var api = await JudgedApi.StartAsync();
        return await ask(api, await api.BegunAsync());
    }

    public static async Task<HttpResponseMessage> TwiceAsync(string limit, string value, Func<ApiApp, Task<HttpResponseMessage>> ask)
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { [limit] = value, ["Limits:LimitLoopback"] = "true" });
        (await ask(app)).Dispose();
        return await ask(app);
    }

    public static async Task<HttpResponseMessage> LimitedAsync(
        string limit, string value, string path = "/v1/consensus", string question = """{"prompt":"x"}""")
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { [limit] = value });
        using var alice = app.Client(KeyedApi.Key("alice"));
        return await app.PostAsync(path, question, alice);
    }

    private static async Task<HttpResponseMessage> SecondRunAsync()
    {
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:ConcurrentRuns"] = "1" });
        var alice = ("Authorization", $"Bearer {KeyedApi.Key("alice")}");
        using var first = await api.AskAsync(HeldApi.Question, alice, ("Prefer", "respond-async"));
        return await api.AskAsync(HeldApi.Question, alice, ("Prefer", "respond-async"));
    }

    private static async Task<HttpResponseMessage> RotateRevokedAsync(ApiApp keyed, HttpClient root)
    {
        using var made = await keyed.PostAsync("/v1/keys", """{"name":"brief","scopes":["run"]}""", root);
        using var revoked = await keyed.PostAsync("/v1/keys/brief/revoke", "", root);
        return await keyed.PostAsync("/v1/keys/brief/rotate", "{}", root);
    }

    public static async Task<HttpResponseMessage> WithoutProviderAsync(string path = "/v1/models")
    {
        await using var provider = await IdentityProvider.StartAsync();
        var token = provider.Token();
        await provider.DisposeAsync();
        await using var app = await ApiApp.StartAsync(provider.Settings);
        using var client = app.Client(token);
        return await client.GetAsync(path);
    }

    private static async Task<HttpResponseMessage> WithoutJudgesAsync()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { Judges = [] });
        return await api.App.PostAsync("/v1/consensus", """{"prompt":"x","judge":true}""");
    }

    private static async Task<HttpResponseMessage> LabelWithoutContentAsync()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "None" });
        using var decided = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        return await app.PostAsync($"{decided.Headers.Location}/label", """{"gold":"42"}""");
    }

    public static Dictionary<string, string?> AllModels(string fault) =>
        new[] { "ada", "boole", "curie", "darwin", "euler" }.ToDictionary(m => $"Simulator:Models:{m}:Faults:{fault}:Probability", _ => (string?)"1");

    private async Task<HttpResponseMessage> DeleteRunningAsync()
    {
        var run = new ConsensusResponse
        {
            RunId = Guid.CreateVersion7(),
            Status = RunStatus.Running,
            Strategy = "majority",
            CreatedAt = DateTimeOffset.UtcNow,
            Request = new StoredRequest { Prompt = "x" },
        };
        await shared.App.Services.GetRequiredService<RunLog>().SaveAsync(new RunRecord(run, null, "test"), TestContext.Current.CancellationToken);
        return await shared.App.Http.DeleteAsync($"/v1/runs/{run.RunId}");
    }

    private static async Task<HttpResponseMessage> DeleteHeldAsync()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Retention:HoldTags:0"] = "held" });
        using var held = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate.Replace("{\"answers\"", "{\"tags\":[\"held\"],\"answers\"", StringComparison.Ordinal));
        return await app.Http.DeleteAsync(held.Headers.Location);
    }

    private static async Task<HttpResponseMessage> AskArchivedAsync()
    {
        await using var app = await ApiApp.StartAsync();
        using var run = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        await app.Services.GetRequiredService<RunLog>().ArchiveAsync(DateTimeOffset.UtcNow.AddDays(1), dryRun: false, told: null, CancellationToken.None);
        return await app.Http.GetAsync("/v1/runs?strategy=majority");
    }

    private static async Task<HttpResponseMessage> PurgeTwiceAsync()
    {
        await using var app = await ApiApp.StartAsync();
        using var first = app.Services.GetRequiredService<RetentionPurger>().TryBegin();
        return await app.PostAsync("/v1/retention/purge?dryRun=true", "");
    }

    private static async Task<HttpResponseMessage> WhileDrainingAsync()
    {
        await using var app = await ApiApp.StartAsync();
        using var slow = new HeldBody(Answers.SmallAggregate);
        var begun = app.Http.PostAsync("/v1/consensus/aggregate", slow);
        await Poll.UntilAsync(() => app.Services.GetRequiredService<Drain>().Going == 1);
        var stopping = app.StopAsync();
        var refused = await Poll.UntilAsync(() => app.PostAsync("/v1/consensus", "{}"), r => r.StatusCode == HttpStatusCode.ServiceUnavailable);
        slow.Release();
        Assert.Equal(HttpStatusCode.OK, (await begun).StatusCode);
        await stopping;
        return refused;
    }
}
