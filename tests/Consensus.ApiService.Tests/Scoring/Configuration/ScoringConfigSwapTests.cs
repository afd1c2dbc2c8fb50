using System.Collections.Concurrent;
using System.Net;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigSwapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileTheStoreIsAwayTheDefaultIsInForceAndWhatIsStoredComesBackWithIt()
    {
        using var folder = new StorageFolders();
        string version;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            version = (await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync()).Version;
        }

        var (database, away) = (Path.Combine(folder.Path, "runs.db"), Path.Combine(folder.Path, "runs.away"));
        File.Move(database, away);
        Directory.CreateDirectory(database);
        var settings = new Dictionary<string, string>(folder.Settings) { ["Panels:default:0"] = "sim/boole" };
        await using var app2 = await ApiApp.StartAsync(settings);
        var served = await app2.CurrentAsync();
        Assert.Equal("sim/boole", Assert.Single(served.Config.Judges).Model);
        await (await app2.PutConfigAsync(SampleConfigs.Sample(0.5))).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        using (var ready = await app2.Http.GetAsync("/ready", Token))
        {
            Assert.Contains("the stored configuration could not be read yet", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }


        Directory.Delete(database);
        File.Move(away, database);
        await Poll.UntilAsync(() => app2.CurrentAsync(), current => current.Version == version);
        // A run of meanwhile may name what was in force: it is found also by the next process.
        Assert.Equal([$"{version} api", $"{served.Version} default", $"{version} api"], folder.Configs().TakeLast(3));
    }

    [Fact]
    public async Task ReadersSeeWholeDocumentsWhileTheyAreSwapped()
    {
        await using var app = await ApiApp.StartAsync();
        using var done = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, int>();
        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                var (version, config) = await app.CurrentAsync();
                Assert.Equal(version, ScoringConfigVersions.Named(config).Version);
                seen.AddOrUpdate(version, 1, static (_, count) => count + 1);
            }
        }).ToArray();
        var put = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.PutConfigAsync(SampleConfigs.Sample(i / 32.0)).TakenAsync()));
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.All(put, static receipt => Assert.True(receipt is { Changed: true, Stored: true }));
        Assert.Equal(20, put.Select(static receipt => receipt.Version).Distinct().Count());
        var history = await new ConsensusClient(app.Http).ListScoringConfigsAsync(cancellationToken: Token);
        Assert.Equal(put.Select(static receipt => receipt.Version).Order(), history.Items.Take(20).Select(static item => item.Version).Order());
        Assert.Equal(history.Items[0].Version, (await app.CurrentAsync()).Version);
        Assert.NotEmpty(seen);
        Assert.Subset(history.Items.Select(static item => item.Version).ToHashSet(), seen.Keys.ToHashSet());
    }

    [Fact]
    public async Task OnlyOneOfManyReplacesTheVersionThatTheyAllHaveSeen()
    {
        await using var app = await ApiApp.StartAsync();
        var tag = $"\"{(await app.CurrentAsync()).Version}\"";
        var puts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => app.PutConfigAsync(SampleConfigs.Sample(i / 16.0), tag)));
        Assert.Equal(1, puts.Count(static put => put.StatusCode == HttpStatusCode.OK));
        Assert.Equal(9, puts.Count(static put => put.StatusCode == HttpStatusCode.PreconditionFailed));
    }
}
