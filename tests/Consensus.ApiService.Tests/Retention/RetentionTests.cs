using System.Net;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Tests.Retention;

public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThePolicyWhatIsDueAndWhatIsHeldAreToldAndAPurgeErasesWhatWasTold()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Retention:Runs:Days"] = "30", ["Retention:Runs:MaxRows"] = "1000", ["Retention:HoldTags:0"] = "held", ["Retention:BatchRows"] = "2", ["Retention:StartDelay"] = "1.00:00:00",
        });
        var client = new ConsensusClient(app.Http);
        for (var i = 0; i < 5; i++)
        {
            await app.StoreAsync(daysAgo: 40 + i);
        }

        var young = await app.StoreAsync(daysAgo: 1);
        var held = await app.StoreAsync(daysAgo: 100, "held");

        var before = await client.GetRetentionAsync(Token);
        Assert.Equal(new RetentionRule(RetainedTable.Runs, 30, 1000), before.Policy.Rules.Single(rule => rule.Table == RetainedTable.Runs));
        Assert.Equal((7L, 5L, 0L, 1L), Runs(before) is var runs ? (runs.Rows, runs.DueByAge, runs.DueByRows, runs.Kept) : default);
        Assert.Equal((1L, true, true), (before.HeldRuns, before.Scheduled, before.GivesSpaceBack));
        Assert.InRange(before.NextPurge!.Value, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(24));
        Assert.Empty(before.LastPurges);

        var dry = await client.PurgeAsync(dryRun: true, Token);
        Assert.Equal((true, 5L), (dry.DryRun, dry.Tables.Sum(table => table.ByAge)));
        var purged = await client.PurgeAsync(dryRun: false, Token);
        Assert.Equal((false, 5L), (purged.DryRun, purged.Tables.Sum(table => table.ByAge)));

        var after = await client.GetRetentionAsync(Token);
        Assert.Equal((2L, 0L), (Runs(after).Rows, Runs(after).DueByAge));
        Assert.Equal([(purged.PurgeId, false, 5L), (dry.PurgeId, true, 5L)], after.LastPurges.Where(Ours).Select(purge => (purge.PurgeId, purge.DryRun, purge.Rows)));
        Assert.All(after.LastPurges, purge => Assert.Equal((PurgeSource.Api, before.PolicyVersion), (purge.Source, purge.PolicyVersion)));
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"/v1/runs/{young}")).StatusCode);
        await (await app.Http.DeleteAsync($"/v1/runs/{held}")).ProblemAsync(ErrorCatalog.RunHeld);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"/v1/runs/{held}")).StatusCode);

        static bool Ours(PurgeRecord purge) => purge is { Table: RetainedTable.Runs, Reason: PurgeReason.Age };
    }

    [Fact]
    public async Task TheScheduleSaysWhatItWillEraseAndErasesIt()
    {
        using var folder = new Fitting.StorageFolders();
        await using (var first = await ApiApp.StartAsync(new Dictionary<string, string>(folder.Settings) { ["Retention:Enabled"] = "false" }))
        {
            await first.StoreAsync(daysAgo: 400);
            await first.StoreAsync(daysAgo: 1);
            await Eventually.HoldsAsync(() => first.Log.Lines.Any(line => line.Contains("Nothing is erased by itself", StringComparison.Ordinal)));
            Assert.Null((await new ConsensusClient(first.Http).GetRetentionAsync(Token)).NextPurge);
        }

        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(folder.Settings) { ["Retention:StartDelay"] = "00:00:00", ["Retention:Every"] = "00:00:01" });
        var client = new ConsensusClient(app.Http);
        await Eventually.HoldsAsync(async () => Runs(await client.GetRetentionAsync(Token)).Rows == 1);
        await app.StoreAsync(daysAgo: 91);
        await Eventually.HoldsAsync(async () => (await client.GetRetentionAsync(Token)).LastPurges.Count == 2);

        Assert.Equal(1, Runs(await client.GetRetentionAsync(Token)).Rows);
        Assert.All((await client.GetRetentionAsync(Token)).LastPurges, purge => Assert.Equal((PurgeSource.Schedule, 1L), (purge.Source, purge.Rows)));
        Assert.Contains(app.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("runs 90 days", StringComparison.Ordinal)
            && line.Contains("TO BE ERASED: 1 runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnlyAdministratorsSeeAndPurge()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        foreach (var name in new[] { "run", "read", "worker" })
        {
            using var client = app.Client(KeyedApi.Key(name));
            await (await client.GetAsync("/v1/retention")).ProblemAsync(ErrorCatalog.Forbidden);
            await (await app.PostAsync("/v1/retention/purge?dryRun=true", "", client)).ProblemAsync(ErrorCatalog.Forbidden);
        }

        using var admin = app.Client(KeyedApi.Key("admin"));
        await new ConsensusClient(admin).PurgeAsync(dryRun: true, Token);
        var status = await new ConsensusClient(admin).GetRetentionAsync(Token);
        Assert.All(status.LastPurges, purge => Assert.Equal("admin", purge.KeyId));
        Assert.NotEmpty(status.LastPurges);
    }

    [Theory]
    [InlineData("", "dryRun required")]
    [InlineData("?dryRun=yes", "dryRun invalid_value")]
    [InlineData("?dryRun=true&table=runs", "table unknown_member")]
    public async Task APurgeMustSayWhetherItIsDry(string query, string violation)
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Equal([violation], await (await app.PostAsync("/v1/retention/purge" + query, "")).ViolationsAsync());
    }

    [Fact]
    public async Task SettingsThatAreWrongStopTheStartWithEveryFault()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Retention:Runs:Days"] = "0", ["Retention:Score:Days"] = "3", ["Retention:HoldTags:0"] = "mail-someone@example.com",
        }));
        foreach (var fault in new[] { "Retention:Runs:Days is \"0\"", "Retention:Score is no setting", "Retention:HoldTags:0 would be redacted" })
        {
            Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        }
    }

    private static TableRetention Runs(RetentionStatus status) => status.Tables.Single(table => table.Table == RetainedTable.Runs);
}
