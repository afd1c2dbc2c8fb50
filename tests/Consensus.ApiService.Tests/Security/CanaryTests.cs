using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Keys;
using Consensus.Contracts.Client;
using Consensus.Contracts.Keys;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Security;

/// <summary>A made secret in every place that holds one; whatever the service is asked and however it fails, none comes out anywhere.</summary>
public sealed class CanaryTests
{
    /// <summary>Every logger at its lowest level, those too that are silent by default.</summary>
    private static readonly Dictionary<string, string> EverythingLogged = new[]
        {
            "Default", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics", "System.Net.Http.HttpClient", "Polly", "Microsoft.Extensions.Diagnostics.HealthChecks", "StackExchange.Redis",
        }
        .ToDictionary(category => $"Logging:LogLevel:{category}", _ => "Trace");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoSecretIsInALogASpanAMetricAResponseOrTheStore(bool storeIsGone)
    {
        using var canaries = new Canaries();
        var (redisPassword, providerKey) = (canaries.Make("the password of Redis"), canaries.Make("the provider's key", "sk-"));
        var (alice, admin) = (canaries.Make("a configured key"), canaries.Make("an administrator's key"));
        using var folder = new StorageFolder();
        using var taken = new TakenPath();
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet, password: redisPassword);
        await using var issuer = await IdentityProvider.StartAsync();
        await using var provider = await ProviderThatTells.StartAsync();
        var settings = new Dictionary<string, string>([.. EverythingLogged, .. provider.Settings(providerKey), .. issuer.Settings])
        {
            ["Auth:Keys:alice:Key"] = alice,
            ["Auth:Keys:alice:Scopes"] = "run,read",
            ["Auth:Keys:root:Key"] = admin,
            ["Auth:Keys:root:Scopes"] = "run,read,admin,worker",
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["Cache:Enabled"] = "true",
            ["Cache:Key"] = canaries.Make("Cache:Key"),
            ["Storage:Folder"] = storeIsGone ? taken.Path : folder.Path,
        };
        var token = canaries.Add("a token", issuer.Token());
        canaries.Add("a token's signature", token[(token.LastIndexOf('.') + 1)..]);

        await using (var app = await ApiApp.StartAsync(settings))
        {
            using var root = app.Client(admin);
            var keys = new List<string> { alice, admin, token, canaries.Make("a key that is none", "csk_") };
            if (!storeIsGone)
            {
                keys.Add(canaries.Add("a stored key", (await new ConsensusClient(root).CreateKeyAsync(new NewKey("stored", ["run", "read"]))).Secret));
            }

            foreach (var key in keys)
            {
                using var client = app.Client(key);
                await AskEverythingAsync(app, client, canaries);
            }

            // What the store's keys are for is over, and Redis goes in the middle of it.
            redis.Dispose();
            await AskEverythingAsync(app, root, canaries);
            await canaries.SeeAsync("/metrics", await root.GetAsync("/metrics"));
            await app.StopAsync();
            foreach (var line in app.Log.Lines)
            {
                canaries.See("log", line);
            }

            Assert.True(app.Log.Lines.Count(line => line.StartsWith("Trace", StringComparison.Ordinal) || line.StartsWith("Debug", StringComparison.Ordinal)) > 100, "the log was not at its lowest level");
        }

        // A secret of the configuration is in no file; of a prompt's, the redactor knows the form.
        canaries.See("store", Encoding.Latin1.GetString(folder.Bytes()));
        Assert.NotEmpty(provider.Requests);
        Assert.True(canaries.Seen > 200, $"only {canaries.Seen} texts were seen");
        Assert.Empty(canaries.Leaks().Distinct().Take(20));
    }

    [Fact]
    public async Task ASecretInAPromptIsInNoLogSpanMetricAndNotInTheStoreAtRedacted()
    {
        using var canaries = new Canaries();
        string[] seeds =
        [
            canaries.Make("a key in a prompt", "sk-"), canaries.Add("a mail in a prompt", "zq7.canary.doe@example.com"), canaries.Add("a card in a prompt", "4111 1111 1111 1111"),
            canaries.Add("a token in a prompt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6cTdjYW5hcnkifQ.c2lnbmF0dXJlLW9mLXpxN2NhbmFyeQ"),
        ];
        using var folder = new StorageFolder();
        await using var provider = await ProviderThatTells.StartAsync();
        await using (var app = await ApiApp.StartAsync(new Dictionary<string, string>([.. EverythingLogged, .. provider.Settings("sk-any-0123456789"), .. folder.Settings])))
        {
            foreach (var seed in seeds)
            {
                var text = JsonEncodedText.Encode($"What is 6 * 7? Mine is {seed} .").ToString();
                foreach (var model in ProviderThatTells.Faults.Prepend(ProviderThatTells.Answers))
                {
                    using var asked = await app.PostAsync("/v1/consensus", $$$"""{"prompt":"{{{text}}}","models":["tells/{{{model}}}"],"metadata":{"note":"{{{text}}}"}}""");
                    using var chat = await app.PostAsync("/openai/v1/chat/completions", $$"""{"model":"consensus","messages":[{"role":"user","content":"{{text}}"}],"user":"{{text}}"}""");
                    using var streamed = await app.PostAsync("/openai/v1/chat/completions", $$"""{"model":"consensus","stream":true,"messages":[{"role":"user","content":"{{text}}"}]}""");
                }

                using var broken = await app.PostAsync("/v1/consensus", $$"""{"prompt":"{{text}}","{{text}}":1""");
                using var unknown = await app.PostAsync("/v1/consensus", $$"""{"prompt":"{{text}}","stop":"{{text}}","models":["{{text}}"]}""");
                using var given = await app.PostAsync("/v1/consensus/aggregate", Answers.Aggregate(text, text, "41"));
            }

            await canaries.SeeAsync("/metrics", await app.Http.GetAsync("/metrics"));
            await app.StopAsync();
            foreach (var line in app.Log.Lines)
            {
                canaries.See("log", line);
            }
        }

        canaries.See("store", Encoding.Latin1.GetString(folder.Bytes()));
        Assert.True(provider.Requests.Count >= seeds.Length, $"the provider was asked {provider.Requests.Count} times");
        Assert.Empty(canaries.Leaks().Distinct().Take(20));
    }

    [Fact]
    public async Task TheSearchFindsWhatIsThere()
    {
        using var canaries = new Canaries();
        var secret = canaries.Make("a secret");
        canaries.See("nowhere", "nothing");
        Assert.Empty(canaries.Leaks());
        using (var source = new System.Diagnostics.ActivitySource("zq7"))
        {
            using var span = source.StartActivity("leaks");
            span!.AddEvent(new("told", tags: new() { ["what"] = secret }));
        }

        canaries.See("encoded", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        Assert.Equal(2, canaries.Leaks().Count);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        response.Headers.Add("X-Echo", secret.ToUpperInvariant());
        await canaries.SeeAsync("a request", response);
        Assert.Equal(3, canaries.Leaks().Count);
    }

    /// <summary>Runs of every kind against every fault, look-ups, administration, and requests that are wrong in many ways.</summary>
    private static async Task AskEverythingAsync(ApiApp app, HttpClient client, Canaries canaries)
    {
        var own = canaries.Make("a cookie");
        client.DefaultRequestHeaders.Add("Cookie", $"session={own}");
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", own);
        client.DefaultRequestHeaders.TryAddWithoutValidation("baggage", $"secret={own}");
        client.DefaultRequestHeaders.TryAddWithoutValidation("tracestate", $"secret={own}");
        foreach (var model in ProviderThatTells.Faults.Prepend(ProviderThatTells.Answers))
        {
            await PostAsync("/v1/consensus", $$"""{"prompt":"What is 6 * 7?","models":["tells/{{model}}","tells/answers"],"temperature":0,"include":["candidates","clusters","provenance"]}""");
            await PostAsync("/v1/consensus", $$"""{"prompt":"What is 6 * 7?","models":["tells/{{model}}"]}""", ("Accept", "text/event-stream"));
        }

        await PostAsync("/v1/consensus", """{"prompt":"What is 6 * 7?","models":["tells/answers"]}""", ("Prefer", "respond-async, wait=5"), ("Idempotency-Key", Guid.NewGuid().ToString()));
        await PostAsync("/v1/consensus", """{"prompt":"What is 6 * 7?","models":["tells/answers","tells/text200"],"strategy":"judge"}""");
        await PostAsync("/v1/consensus", "{");
        await PostAsync("/v1/consensus", """{"prompt":1,"models":["nobody/none"],"stop":1}""");
        await PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        foreach (var stream in (string[])["true", "false"])
        {
            await PostAsync("/openai/v1/chat/completions", $$"""{"model":"consensus","stream":{{stream}},"messages":[{"role":"user","content":"What is 6 * 7?"}]}""");
        }

        await PostAsync("/openai/v1/chat/completions", """{"model":"nobody"}""");
        await PostAsync(
            "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_consensus","arguments":{"prompt":"What is 6 * 7?"}}}""", ("Accept", "application/json, text/event-stream"));
        await PostAsync("/v1/keys", """{"name":"stored","scopes":["run"]}""");
        await PostAsync("/v1/scores", "{}");
        await PostAsync("/v1/scoring/jobs", "{}");
        await PostAsync("/v1/retention/purge", """{"dryRun":true}""");
        string[] paths =
        [
            "/v1/runs", "/v1/runs/none", "/v1/models", "/v1/strategies", "/v1/keys", "/v1/keys/alice", "/v1/keys/stored", "/v1/scores", "/v1/scoring/config", "/v1/scoring/jobs", "/v1/calibration",
            "/v1/benchmarks", "/v1/retention", "/v1/policy", "/v1/nowhere", "/openai/v1/models", "/openai/v1/nowhere", "/ready", "/health", "/metrics", "/openapi/v1.json",
        ];
        foreach (var path in paths)
        {
            using var response = await client.GetAsync(path);
            var body = await canaries.SeeAsync(path, response);
            if (path == "/v1/runs" && response.StatusCode == HttpStatusCode.OK)
            {
                foreach (var run in JsonNode.Parse(body)!["items"]!.AsArray())
                {
                    using var whole = await client.GetAsync($"/v1/runs/{run!["runId"] ?? run["id"]}");
                    await canaries.SeeAsync("/v1/runs/{id}", whole);
                }
            }
        }

        async Task PostAsync(string path, string json, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await client.SendAsync(request);
            await canaries.SeeAsync(path, response);
        }
    }
}
