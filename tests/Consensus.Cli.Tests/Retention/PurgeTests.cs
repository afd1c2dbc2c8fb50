using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consensus.Cli.Tests.Retention;

public sealed class PurgeTests : CannedApiTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-purge-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, "5 rows due, nothing erased (policy 0123)")]
    [InlineData(false, "5 rows erased with 40 that belonged to them; 3.0 MB before, 1.2 MB now")]
    public async Task OverTheApiTheOutcomeIsShownByTable(bool dryRun, string last)
    {
        Api.On("POST /v1/retention/purge", 200, JsonSerializer.Serialize(
            new PurgeReceipt(Guid.NewGuid(), dryRun, "0123", [new PurgedTable(RetainedTable.Runs, 3, 2, 40, 1)], 3_000_000, 1_200_000), ConsensusJson.Default.PurgeReceipt));
        var terminal = new CapturedTerminal();

        Assert.Equal(0, await terminal.RunAsync(["purge", "--url", Url, .. dryRun ? ["--dry-run"] : Array.Empty<string>()]));

        Assert.Equal($"?dryRun={(dryRun ? "true" : "false")}", Assert.Single(Api.Requests).Query);
        Assert.Contains(last, terminal.Out, StringComparison.Ordinal);
        Assert.Contains("runs", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheApiRefusesIsTold()
    {
        Api.On("POST /v1/retention/purge", 409, """{"type":"t","title":"A purge is going on.","status":409,"code":"purge_in_progress","retryable":true}""", "application/problem+json");
        var terminal = new CapturedTerminal();
        Assert.Equal(1, await terminal.RunAsync("purge", "--url", Url));
        Assert.Contains("purge_in_progress", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AtTheFilesOfAStoppedApiThePolicyThatItRanByHoldsAndARunningOneKeepsItsFiles()
    {
        using (var api = Start())
        {
            var log = api.GetRequiredService<RunLog>();
            await log.PutPolicyAsync(Cancelled);
            await StoreAsync(log, daysAgo: 40);
            await StoreAsync(log, daysAgo: 50, "held");
            await StoreAsync(log, daysAgo: 1);

            var refused = new CapturedTerminal();
            Assert.Equal(1, await refused.RunAsync("purge", "--storage", _folder.FullName));
            Assert.Contains("the API runs. Stop it, or do this over its address.", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal((1L, 1L, 1L), await OfflineAsync("--dry-run"));
        Assert.Equal((1L, 1L, 1L), await OfflineAsync());
        Assert.Equal((0L, 0L, 1L), await OfflineAsync());

        using var again = Start();
        Assert.Equal(2, (await again.GetRequiredService<RunLog>().ListAsync(new RunFilter(), Cancelled)).Items.Count);
        Assert.Equal([PurgeSource.Cli], (await again.GetRequiredService<RunLog>().ListPurgesAsync(10, Cancelled)).Select(purge => purge.Source).Distinct());
    }

    [Fact]
    public async Task WithoutARunLogOrAPolicyNothingIsMadeUp()
    {
        var none = new CapturedTerminal();
        Assert.Equal(1, await none.RunAsync("purge", "--storage", _folder.FullName));
        Assert.Contains("There is no run log at", none.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());

        using (var api = Start())
        {
            await StoreAsync(api.GetRequiredService<RunLog>(), daysAgo: 4000);
        }

        var without = new CapturedTerminal();
        Assert.Equal(1, await without.RunAsync("purge", "--storage", _folder.FullName));
        Assert.Contains("No policy stands in the run log yet", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesAndAnAddressAreNotGivenTogether()
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(1, await terminal.RunAsync("purge", "--storage", _folder.FullName, "--url", Url));
        Assert.Contains("neither --url nor --key", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(Api.Requests);
    }

    private async Task<(long Due, long Rows, long Kept)> OfflineAsync(params string[] more)
    {
        var terminal = new CapturedTerminal();
        var code = await terminal.RunAsync(["purge", "--storage", _folder.FullName, "--json", "-", .. more]);
        Assert.Equal((0, ""), (code, terminal.Error));
        var receipt = JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.PurgeReceipt)!;
        var runs = receipt.Tables.Single(table => table.Table == RetainedTable.Runs);
        return (runs.ByAge, receipt.Tables.Sum(table => table.ByAge + table.ByRows), runs.Kept);
    }

    /// <summary>The run log as the API has it.</summary>
    private ServiceProvider Start()
    {
        var settings = new Dictionary<string, string?> { ["Storage:Folder"] = _folder.FullName, ["Retention:Runs:Days"] = "30", ["Retention:HoldTags:0"] = "held" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IHostEnvironment>(new HostingEnvironment()).AddRunLog(configuration).BuildServiceProvider();
    }

    private static Task StoreAsync(RunLog log, int daysAgo, params string[] tags)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        var run = new ConsensusResponse
        {
            RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at,
            Request = new StoredRequest { Prompt = "x", Tags = tags },
        };
        return log.SaveAsync(new RunRecord(run, null, "test"), Cancelled);
    }

    private sealed class HostingEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = Path.GetTempPath();

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
