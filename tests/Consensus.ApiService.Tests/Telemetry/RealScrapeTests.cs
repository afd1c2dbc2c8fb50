using System.Text;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Retention;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>What the dashboard and the alerts ask for is what Prometheus gets.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class RealScrapeTests
{
    /// <summary>What the worker measures; its own tests hold it to the same files.</summary>
    private static readonly string[] OfTheWorker = [.. InstrumentPage.Cells("Consensus.Scoring").Select(cells => cells[1].Replace('.', '_'))];

    [Fact]
    public async Task EveryMetricThatIsAskedForIsScrapedWithItsLabels()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var provider = await ProviderThatInvents.StartAsync();
        await using var api = await MeasuredApi.StartAsync(
            [
                .. provider.Settings, new("ConnectionStrings:redis", redis.ConnectionString), new("Cache:Enabled", "true"), new("Providers:sim:Kind", "simulator"),
                new("Evidence:Embeddings:Model", "sim/simulated-embedding"), new("Panels:default:0", "sim/ada"), new("Panels:default:1", "sim/boole"), new("Panels:default:2", "invents/chat"),
            ],
            ("Simulator:Models:boole:Faults:server_error:Probability", "1"));
        await LeaveATraceAsync(api.App);

        var asked = MonitoringFiles.Expressions().SelectMany(e => MonitoringFiles.Asked(e.Expression).Select(metric => (e.Where, Metric: metric)))
            .Where(e => !Array.Exists(OfTheWorker, own => e.Metric.Name.StartsWith(own, StringComparison.Ordinal))).ToArray();
        Assert.True(asked.Length > 100, $"{asked.Length} metrics are asked for.");
        string[] missing = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                // The checks of readiness run for the first time some seconds after the start, and what the store of evidence holds is known once it is open.
                var scrape = await api.ScrapeAsync();
                missing = [.. asked.Where(e => !IsIn(scrape, e.Metric)).Select(e => $"{e.Where}: {e.Metric.Name} by {string.Join(", ", e.Metric.Labels.Select(label => label.Label))}").Distinct()];
                return missing.Length == 0;
            },
            () => string.Join("; ", missing));
    }

    /// <summary>Whether some series of the name has all the labels: not every error has a route, and not every answer an error.</summary>
    private static bool IsIn(Scrape scrape, AskedMetric metric) =>
        scrape.Of(metric.Name).SelectMany(series => series.Labels.Keys).ToHashSet(StringComparer.Ordinal).IsSupersetOf(metric.Labels.Select(label => label.Label)) && scrape.Of(metric.Name).Any();

    private static async Task LeaveATraceAsync(ApiApp app)
    {
        const string Question = """{"prompt":"What is 17 * 23?","answer":{"kind":"number"}""";
        await PostAsync("/v1/consensus", Question + "}");
        await PostAsync("/v1/consensus", Question + ""","temperature":0,"models":["sim/ada"]}""");
        await PostAsync("/v1/consensus", Question + ""","strategy":"debate"}""");
        await PostAsync("/v1/consensus", Question + ""","strategy":"self_consistency","models":["sim/curie"]}""");
        await PostAsync("/v1/consensus", Question + ""","models":["sim/boole"]}""", "text/event-stream");
        await PostAsync("/v1/consensus", Question + "}", prefer: "respond-async");
        await PostAsync("/openai/v1/chat/completions", """{"model":"consensus","stream":true,"messages":[{"role":"user","content":"?"}]}""");
        await PostAsync("/v1/retention/purge?dryRun=false", "");
        await PostAsync("/v1/evidence/check", """{"answer":"The grebe dives.","documents":[{"content":"The grebe dives."}]}""");
        using (var policy = new StringContent("""{"schemaVersion":1,"panel":{"maxModels":1,"mode":"shadow"}}""", Encoding.UTF8, "application/json"))
        {
            using var put = await app.Http.PutAsync("/v1/policy", policy);
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        }

        await PostAsync("/v1/consensus", Question + "}");
        using var mcp = await McpCalls.BeginAsync(app);
        await mcp.CallAsync("ask_consensus", """{"prompt":"What is 2 + 2?"}""");

        // What takes a worker that dies, rows that are too old, a schedule, and a Redis that goes away.
        EmbeddingMetrics.Queried("policy");
        ArchiveMetrics.Begin();
        ArchiveMetrics.Completed(0, (0, 0));
        BackupMetrics.Begin();
        BackupMetrics.Stands(DateTimeOffset.UtcNow);
        BackupMetrics.Completed(DateTimeOffset.UtcNow, 0);
        ExportMetrics.Begin();
        ExportMetrics.Completed(
            new ExportManifest(1, Guid.CreateVersion7(), DateTimeOffset.UtcNow, "ndjson.zst", "", "", null, null, null, null, new Dictionary<string, long> { ["runs"] = 0 }, "", []),
            DateTimeOffset.UtcNow);
        DispatchMetrics.Drained(0);
        DispatchMetrics.Ended(JudgeJobState.Done, 1);
        DispatchMetrics.Sent(0, 0);
        RetentionMetrics.Purged(RetainedTable.Runs, PurgeReason.Age, 0);
        AdmissionMetrics.Bypassed();

        async Task PostAsync(string path, string body, string accept = "*/*", string? prefer = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "Accept", accept } },
            };
            if (prefer is not null)
            {
                request.Headers.Add("Prefer", prefer);
            }

            using var response = await app.Http.SendAsync(request);
            Assert.True((int)response.StatusCode is 200 or 202 or 502, $"{path}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
