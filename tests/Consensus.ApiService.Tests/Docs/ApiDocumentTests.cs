using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Docs;

public sealed class ApiDocumentTests(SharedApi shared)
{
    private const string Page = "docs/api.md";

    [Fact]
    public async Task TheSamplesAreWhatTheServiceAnswers()
    {
        await using var app = await ApiApp.StartAsync(shared.Settings);
        var samples = HttpSample.In(Repository.Read(Page));
        Assert.True(samples.Count > 8);
        var runId = "";
        var answered = new List<string>();
        foreach (var sample in samples)
        {
            using var response = await app.Http.SendAsync(sample.ToMessage(runId));
            answered.Add(await HttpSample.ShowAsync(response));
            runId = response.Headers.Location?.OriginalString.Split('/')[^1]
                ?? (JsonNode.Parse(await OrEmptyAsync(response))?["items"] as JsonArray)?.FirstOrDefault()?["runId"]?.GetValue<string>() ?? runId;
        }

        if (Repository.Writes)
        {
            Repository.Check(Page, HttpSample.With(Repository.Read(Page), answered));
            samples = HttpSample.In(Repository.Read(Page));
        }

        foreach (var (sample, actual) in samples.Zip(answered))
        {
            Assert.True(
                sample.ShapeOnly ? HttpSample.Shape(sample.Response) == HttpSample.Shape(actual) : sample.Response == actual,
                $"{Page} is stale (CONSENSUS_WRITE_DOCS=1 writes it anew). For\n{sample.Request}\nit says\n{sample.Response}\nand the service\n{actual}");
        }
    }

    [Fact]
    public void TheTableOfDefaultsAndCapsIsThatOfTheCode()
    {
        var rows = Repository.Read(Page).Split("## Defaults and caps")[1].Split('\n').Where(line => line.EndsWith("` |", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => $"{cells[3].Trim('`')} = {cells[2]}");
        var limits = typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"{f.Name} = {Convert.ToString(f.GetValue(null), CultureInfo.InvariantCulture)}");
        Assert.Equal(limits.Order(StringComparer.Ordinal), rows.Where(r => !r.StartsWith("in ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryMemberOfARequestIsOnThePage()
    {
        var page = Repository.Read(Page);
        foreach (var member in typeof(Consensus.Contracts.Runs.ConsensusRequest).GetProperties().Concat(typeof(Consensus.Contracts.Runs.ConsensusResponse).GetProperties())
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Where(n => n is not ("request" or "createdAt" or "startedAt" or "finishedAt" or "equalityContract")))
        {
            Assert.True(page.Contains($"`{member}", StringComparison.Ordinal), $"{Page} does not name {member}.");
        }
    }

    private static async Task<string> OrEmptyAsync(HttpResponseMessage response) => await response.Content.ReadAsStringAsync() is { Length: > 0 } text ? text : "{}";
}
