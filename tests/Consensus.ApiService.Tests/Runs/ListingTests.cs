using System.Net;
using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Runs;

/// <summary>A service whose log holds seven runs and nothing else.</summary>
public sealed class SevenRuns : IAsyncLifetime
{
    public ApiApp App { get; private set; } = null!;

    public List<Guid> Newest { get; } = [];

    public async ValueTask InitializeAsync()
    {
        App = await ApiApp.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            var request = i % 2 == 0 ? Answers.Aggregate("1", "1", "1") : Answers.Aggregate("1", "2", "3");
            request["tags"] = new System.Text.Json.Nodes.JsonArray(i < 3 ? "early" : "late");
            request["strategy"] = i == 6 ? "unanimous" : "majority";
            using var response = await App.PostAsync("/v1/consensus/aggregate", request);
            Newest.Insert(0, (await response.RunAsync()).RunId);
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class ListingTests(SevenRuns seven) : IClassFixture<SevenRuns>
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("", 3)]
    [InlineData("", 7)]
    [InlineData("tag=late&", 2)]
    [InlineData("outcome=consensus&", 1)]
    public async Task PagesFollowEachOtherWithoutGapOrRepetition(string filters, int limit)
    {
        var whole = (await PageAsync($"?{filters}limit=500")).Items.Select(i => i.RunId).ToList();
        var paged = new List<Guid>();
        for (var cursor = (string?)null; ;)
        {
            var page = await PageAsync($"?{filters}limit={limit}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"));
            Assert.InRange(page.Items.Count, 0, limit);
            paged.AddRange(page.Items.Select(i => i.RunId));
            cursor = page.Next;
            if (cursor is null)
            {
                break;
            }
        }

        Assert.Equal(whole, paged);
        Assert.Equal(whole, seven.Newest.Where(whole.Contains));
    }

    [Theory]
    [InlineData("", 7)]
    [InlineData("?outcome=consensus", 4)]
    [InlineData("?outcome=no_consensus", 3)]
    [InlineData("?status=completed", 7)]
    [InlineData("?status=failed", 0)]
    [InlineData("?strategy=unanimous", 1)]
    [InlineData("?model=m2", 7)]
    [InlineData("?model=m9", 0)]
    [InlineData("?tag=early", 3)]
    [InlineData("?tag=early&outcome=no_consensus", 1)]
    [InlineData("?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00.5+01:00", 0)]
    public async Task FiltersSelect(string query, int count) => Assert.Equal(count, (await PageAsync(query)).Items.Count);

    [Fact]
    public async Task TheTimeFiltersIncludeTheBeginningAndExcludeTheEnd()
    {
        var created = (await PageAsync("?limit=1")).Items[0].CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
        Assert.Equal(seven.Newest[0], (await PageAsync($"?from={created}")).Items[0].RunId);
        Assert.DoesNotContain((await PageAsync($"?to={created}")).Items, i => i.RunId == seven.Newest[0]);
    }

    [Fact]
    public async Task ACursorOfOtherFiltersIsRefused()
    {
        var cursor = (await PageAsync("?limit=2")).Next!;
        using var response = await seven.App.Http.GetAsync($"/v1/runs?limit=2&tag=late&cursor={Uri.EscapeDataString(cursor)}");
        Assert.Equal(["cursor invalid_cursor"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task EveryWrongParameterIsReportedAtOnce()
    {
        using var response = await seven.App.Http.GetAsync("/v1/runs?limit=x&outcome=&status=done&from=1&to=2&page=3&tag=%00&model=a&model=b");
        Assert.Equal(
            ["from invalid_value", "limit invalid_type", "model duplicate_member", "outcome invalid_value", "page unknown_member", "status invalid_value", "tag control_characters", "to invalid_value"],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("{01900000-0000-7000-8000-000000000000}")]
    public async Task WhatIsNoIdIsNoRun(string id)
    {
        await (await seven.App.Http.GetAsync($"/v1/runs/{id}")).ProblemAsync(ErrorCatalog.RunNotFound);
        await (await seven.App.Http.DeleteAsync($"/v1/runs/{id}")).ProblemAsync(ErrorCatalog.RunNotFound);
    }

    [Fact]
    public async Task AnErasedRunIsGone()
    {
        await using var app = await ApiApp.StartAsync();
        using var asked = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        var path = $"/v1/runs/{(await asked.RunAsync()).RunId}";
        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DeleteAsync(path)).StatusCode);
        await (await app.Http.GetAsync(path)).ProblemAsync(ErrorCatalog.RunNotFound);
        await (await app.Http.DeleteAsync(path)).ProblemAsync(ErrorCatalog.RunNotFound);
    }

    private async Task<Page<RunSummary>> PageAsync(string query)
    {
        using var response = await seven.App.Http.GetAsync($"/v1/runs{query}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.PageRunSummary)!;
    }
}
