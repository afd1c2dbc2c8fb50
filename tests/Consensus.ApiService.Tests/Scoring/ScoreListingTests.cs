using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>Scores of all runs: filters, pages, and what they come to for each model.</summary>
public sealed class ScoreListingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiltersSelectAndPagesFollowEachOtherWithoutGapOrRepetition()
    {
        await using var api = await JudgedApi.StartAsync();
        var first = await api.BegunAsync();
        await api.SubmitAsync(JudgedApi.Of(first, JudgedApi.Scored(0, "yes"), JudgedApi.Scored(0, "partly", "sim/critic"), JudgedApi.Unscored(2)));
        var second = await api.BegunAsync("strict");
        await api.SubmitAsync(JudgedApi.Of(second, JudgedApi.Scored(0, "no"), JudgedApi.Scored(1, "yes")));
        var all = (await api.Client.ListScoresAsync(null, Token)).Items;
        Assert.Equal(["strict@1", "strict@1", "quality@2", "quality@2", "quality@2"], all.Select(s => s.Rubric));

        foreach (var (query, count) in new (ScoreQuery, int)[]
                 {
                     (new ScoreQuery(), 5), (new ScoreQuery { RunId = first.RunId }, 3), (new ScoreQuery { JobId = second.JobId }, 2), (new ScoreQuery { Model = "m0" }, 3),
                     (new ScoreQuery { Judge = "sim/critic" }, 1), (new ScoreQuery { Rubric = "quality" }, 3), (new ScoreQuery { Rubric = "quality@2" }, 3),
                     (new ScoreQuery { Rubric = "quality@1" }, 0), (new ScoreQuery { Rubric = "qualit" }, 0), (new ScoreQuery { Method = ScoreMethod.Pairwise }, 0),
                     (new ScoreQuery { Min = 0.5 }, 3), (new ScoreQuery { Max = 0.5 }, 2), (new ScoreQuery { Unscored = true }, 1), (new ScoreQuery { Unscored = false }, 4),
                     (new ScoreQuery { From = all[0].ScoredAt }, 2), (new ScoreQuery { To = all[0].ScoredAt }, 3), (new ScoreQuery { RunId = first.RunId, Model = "m0", Judge = "sim/judge" }, 1),
                 })
        {
            foreach (var limit in new[] { 1, 2, 500 })
            {
                var seen = new List<StoredScore>();
                var page = query with { Limit = limit };
                do
                {
                    var read = await api.Client.ListScoresAsync(page, Token);
                    Assert.InRange(read.Items.Count, 0, limit);
                    seen.AddRange(read.Items);
                    page = page with { Cursor = read.Next };
                }
                while (page.Cursor is not null);
                Assert.Equal(count, seen.Count);
                Assert.Equal(all.Where(seen.Contains), seen);
            }
        }
    }

    [Fact]
    public async Task EveryWrongParameterIsReportedAtOnce()
    {
        await using var api = await JudgedApi.StartAsync();
        await api.SubmitAsync(JudgedApi.Of(await api.BegunAsync(), JudgedApi.Scored(0, "yes"), JudgedApi.Scored(1, "yes")));
        using var wrong = await api.App.Http.GetAsync("/v1/scores?run=1&min=0.9&max=0.1&unscored=true&method=guess&grade=yes&limit=501&from=now", Token);
        Assert.Equal(
            ["from invalid_value", "grade unknown_member", "limit out_of_range", "max contradiction", "method invalid_value", "run invalid_value", "unscored contradiction"],
            (await wrong.ViolationsAsync()).Order());
        var cursor = (await api.Client.ListScoresAsync(new ScoreQuery { Limit = 1 }, Token)).Next;
        Assert.Equal(["cursor invalid_cursor"], await (await api.App.Http.GetAsync($"/v1/scores?judge=a&cursor={cursor}", Token)).ViolationsAsync());
        Assert.Equal(["max invalid_type", "min out_of_range"], (await (await api.App.Http.GetAsync("/v1/scores?min=NaN&max=x", Token)).ViolationsAsync()).Order());
        Assert.Equal(["limit unknown_member", "min unknown_member"], (await (await api.App.Http.GetAsync("/v1/scores/models?min=0&limit=1", Token)).ViolationsAsync()).Order());
    }

    [Fact]
    public async Task ModelsAreComparedByTheirPanelScoresWithinJobs()
    {
        await using var api = await JudgedApi.StartAsync();
        // By "strict", whose one criterion makes the grade the score. m0: 1, 0; m1: 1, 1; m2: unscored, 0.
        var first = await api.BegunAsync("strict");
        await api.SubmitAsync(JudgedApi.Of(first, JudgedApi.Scored(0, "yes"), JudgedApi.Scored(1, "yes"), JudgedApi.Unscored(2), JudgedApi.Unscored(2, UnscoredReason.Recused, "sim/critic")));
        var second = await api.BegunAsync("strict");
        await api.SubmitAsync(JudgedApi.Of(second, JudgedApi.Scored(0, "no"), JudgedApi.Scored(1, "yes"), JudgedApi.Scored(2, "no")));

        var list = await api.Client.ListModelScoresAsync(null, Token);
        Assert.Equal(2, list.Jobs);
        Assert.Equal(["m1", "m0", "m2"], list.Models.Select(m => m.Model));
        Assert.Equal([1, 0.5, 0], list.Models.Select(m => m.Mean!.Value));
        Assert.Equal([2, 2, 1], list.Models.Select(m => m.N));
        Assert.Equal([0, 0, 0.5], list.Models.Select(m => m.UnscoredShare!.Value));
        // m1: a tie with m0, then two wins: 2.5 of 3. m0: a tie, a loss, a tie with m2. m2: a loss and a tie.
        Assert.Equal([2.5 / 3, 1.0 / 3, 0.25], list.Models.Select(m => m.WinRate!.Value));
        Assert.Equal((1, 1), (list.Models[0].Interval!.Low, list.Models[0].Interval!.High));
        Assert.Equal((0, 1), (list.Models[1].Interval!.Low, list.Models[1].Interval!.High));
        Assert.Null(list.Models[2].Interval);

        Assert.Equal(["m0"], (await api.Client.ListModelScoresAsync(new ScoreQuery { Model = "m0" }, Token)).Models.Select(m => m.Model));
        Assert.Equal(1.0 / 3, Assert.Single((await api.Client.ListModelScoresAsync(new ScoreQuery { Model = "m0" }, Token)).Models).WinRate);
        Assert.Equal(1, (await api.Client.ListModelScoresAsync(new ScoreQuery { RunId = first.RunId }, Token)).Jobs);
        Assert.Equal(0, (await api.Client.ListModelScoresAsync(new ScoreQuery { Rubric = "strict@2" }, Token)).Jobs);
        Assert.Equal(0, (await api.Client.ListModelScoresAsync(new ScoreQuery { Rubric = "quality" }, Token)).Jobs);
        Assert.Empty((await api.Client.ListModelScoresAsync(new ScoreQuery { To = DateTimeOffset.UnixEpoch }, Token)).Models);
    }

    [Fact]
    public async Task OfARunThatWasJudgedTwiceTheNewestCounts()
    {
        await using var api = await JudgedApi.StartAsync();
        var first = await api.BegunAsync("strict");
        await api.SubmitAsync(JudgedApi.Of(first, JudgedApi.Scored(0, "no")));
        var again = await api.Client.JudgeRunAsync(new JudgeJobRequest(first.RunId, "strict"), Token);
        await api.SubmitAsync(JudgedApi.Of(await api.Client.BeginJudgeJobAsync(again.JobId, "w", Token), JudgedApi.Scored(0, "yes")));
        await api.Client.JudgeRunAsync(new JudgeJobRequest(first.RunId, "strict"), Token);

        var list = await api.Client.ListModelScoresAsync(null, Token);
        Assert.Equal((1, 1, 1), (list.Jobs, Assert.Single(list.Models).N, list.Models[0].Mean));
        Assert.Equal(0, Assert.Single((await api.Client.ListModelScoresAsync(new ScoreQuery { JobId = first.JobId }, Token)).Models).Mean);
        Assert.Empty((await api.Client.ListModelScoresAsync(new ScoreQuery { Judge = "sim/critic" }, Token)).Models);
    }
}
