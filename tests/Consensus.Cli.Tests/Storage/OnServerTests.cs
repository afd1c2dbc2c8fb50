using System.Text.Json;
using Consensus.Cli.Storage;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Cli.Tests.Storage;

/// <summary>Commands at a database, beside an API that has it open.</summary>
public sealed class OnServerTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-on-server-");
    private readonly string _database = TestPostgres.NewDatabase();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheFirstKeyIsMadeInANewDatabaseAndLaterOnesBesideARunningApi()
    {
        Assert.Contains("csk_", (await RunAsync(0, "keys", "create", "root", "-s", "admin")).Out, StringComparison.Ordinal);
        using var api = StartApi();
        var log = api.Services.GetRequiredService<RunLog>();
        await RunAsync(0, "keys", "create", "ci", "-s", "run");
        Assert.Equal(["ci", "root"], (await log.ListKeysAsync(Cancelled)).Select(static key => key.Name).Order());
        Assert.Contains("is revoked since", (await RunAsync(0, "keys", "revoke", "ci")).Out, StringComparison.Ordinal);
        Assert.Matches(@"ci +revoked +run", (await RunAsync(0, "keys", "list")).Out);
        Assert.Contains("sound", (await RunAsync(0, "verify-audit")).Out, StringComparison.Ordinal);
        Assert.False(File.Exists("audit-heads.jsonl"), "no file for heads was named");
    }

    [Fact]
    public async Task TheTrailIsVerifiedBesideAnApiThatWritesAndWhatWasTakenAwayIsFound()
    {
        Assert.Contains("There is no run log in", (await RunAsync(2, "verify-audit")).Error, StringComparison.Ordinal);
        using var api = StartApi();
        var log = api.Services.GetRequiredService<RunLog>();
        await StoreAsync(log, daysAgo: 1);
        await StoreAsync(log, daysAgo: 2);
        await api.StopAsync(Cancelled);

        var heads = Path.Combine(_folder.FullName, "audit-heads.jsonl");
        Assert.Contains("2 runs compared", (await RunAsync(0, "verify-audit", "--head", heads)).Out, StringComparison.Ordinal);
        Assert.Contains("There is no audit key", (await RunInAsync(2, new() { [DatabasePlace.Variable] = _database }, "verify-audit")).Error, StringComparison.Ordinal);

        TestPostgres.Run(_database, "ALTER TABLE audit_log DISABLE TRIGGER ALL; DELETE FROM audit_log WHERE seq = 2");
        Assert.Contains("NOT SOUND", (await RunAsync(1, "verify-audit")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunsLeaveADatabaseAndComeBackIntoAFolderOrAnotherDatabase()
    {
        using var api = StartApi();
        await StoreAsync(api.Services.GetRequiredService<RunLog>(), daysAgo: 1);
        await StoreAsync(api.Services.GetRequiredService<RunLog>(), daysAgo: 2);
        var first = await ExportAsync("export");

        Assert.Contains("2 of 2 runs imported", (await RunAsync(0, "import", At("export"), "--storage", At("folder"))).Out, StringComparison.Ordinal);
        var other = TestPostgres.NewDatabase();
        var settings = new Dictionary<string, string> { ["OTHER"] = other, ["Audit__Key"] = Key };
        Assert.Contains("2 of 2 runs imported", (await RunInAsync(0, settings, "import", At("export"), "--database", "env:OTHER")).Out, StringComparison.Ordinal);
        Assert.Contains("0 of 2 runs imported, 2 were there", (await RunInAsync(0, settings, "import", At("export"), "--database", other)).Out, StringComparison.Ordinal);
        Assert.Equal(first, await ExportAsync("again", "--database", other));
        Assert.Equal(first, await ExportAsync("from-folder", "--storage", At("folder")));
    }

    [Fact]
    public async Task EvidenceLeavesADatabaseBesideARunningApiAndComesBackIntoAFolderOrAnotherDatabase()
    {
        using var api = StartApi();
        await StoreAsync(api.Services.GetRequiredService<RunLog>(), daysAgo: 1);
        using (var store = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance))
        {
            var collection = (await store.CreateCollectionAsync(new NewCollection { Name = "Reports" }, "ann", Cancelled))!.Id;
            await store.AddDocumentAsync(collection, new NewDocument("The tide was high.", "text/plain", null, null, null), static _ => true, Cancelled);
        }

        var first = await EvidenceAsync("export");
        Assert.Contains("1 of 1 documents imported", (await RunAsync(0, "import", At("export"), "--storage", At("folder"))).Out, StringComparison.Ordinal);
        var other = TestPostgres.NewDatabase();
        var settings = new Dictionary<string, string> { ["OTHER"] = other, ["Audit__Key"] = Key };
        Assert.Contains("1 of 1 documents imported", (await RunInAsync(0, settings, "import", At("export"), "--database", "env:OTHER")).Out, StringComparison.Ordinal);
        Assert.Contains("0 of 1 documents imported, 1 were there", (await RunInAsync(0, settings, "import", At("export"), "--database", other)).Out, StringComparison.Ordinal);
        Assert.Equal(first, await EvidenceAsync("again", "--database", other));
        Assert.Equal(first, await EvidenceAsync("from-folder", "--storage", At("folder")));
    }

    [Fact]
    public async Task WhatIsDueIsPurgedByThePolicyThatTheApiRanBy()
    {
        using var api = StartApi();
        var log = api.Services.GetRequiredService<RunLog>();
        await StoreAsync(log, daysAgo: 40);
        await StoreAsync(log, daysAgo: 1);
        string[] command = ["purge", "--database", "env:" + DatabasePlace.Variable];
        Assert.Contains("No policy stands in the run log yet", (await RunAsync(1, command)).Error, StringComparison.Ordinal);
        await log.PutPolicyAsync(Cancelled);

        Assert.Contains("1 row due, nothing erased", (await RunAsync(0, [.. command, "--dry-run"])).Out, StringComparison.Ordinal);
        Assert.Contains("1 row erased", (await RunAsync(0, command)).Out, StringComparison.Ordinal);
        Assert.Single((await log.ListAsync(new RunFilter(), Cancelled)).Items);
        Assert.Contains(await log.ListPurgesAsync(10, Cancelled), static purge => purge.Source == PurgeSource.Cli);
        Assert.Contains("sound", (await RunAsync(0, "verify-audit")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pg_dump", "backup", "--to", "backup")]
    [InlineData("pg_restore", "restore", "backup")]
    [InlineData("consensus purge", "archive", "--older-than-days", "30")]
    public async Task WhatIsDoneWithFilesIsRefusedWithWhatToDoInstead(string instead, params string[] command)
    {
        Assert.Contains(instead, (await RunAsync(1, command)).Error, StringComparison.Ordinal);
        Assert.Contains(instead, (await RunInAsync(1, new(), [.. command, "--database", _database])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheKeyOrWithAnotherNothingIsWritten()
    {
        Assert.Contains("set Audit__Key", (await RunInAsync(1, new(), "keys", "create", "root", "-s", "admin", "--database", _database)).Error, StringComparison.Ordinal);
        await RunAsync(0, "keys", "create", "root", "-s", "admin");

        var another = new Dictionary<string, string> { ["Audit__Key"] = Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]) };
        Assert.Contains("Audit__Key", (await RunInAsync(1, another, "keys", "create", "ci", "-s", "run", "--database", _database)).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ci", (await RunAsync(0, "keys", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseOfAnEarlierVersionIsLeftToTheApi()
    {
        await RunAsync(0, "keys", "create", "root", "-s", "admin");
        TestPostgres.Run(_database, "DELETE FROM schema_versions WHERE schemaversionsid = (SELECT max(schemaversionsid) FROM schema_versions)");
        foreach (var command in (string[][])[["keys", "list"], ["verify-audit"], ["import", At("export")]])
        {
            Assert.Contains("was written by an earlier version", (await RunAsync(code: null, command)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatIsNamedWronglyIsSaidWithoutItsPassword()
    {
        Assert.Contains("names the variable 'NONE'", (await RunAsync(1, "export", "--to", At("export"), "--database", "env:NONE")).Error, StringComparison.Ordinal);
        Assert.Contains("name one", (await RunAsync(1, "export", "--to", At("export"), "--database", _database, "--storage", At("folder"))).Error, StringComparison.Ordinal);
        Assert.Contains("without --url and --key", (await RunAsync(1, "keys", "list", "--database", _database, "--url", "http://localhost")).Error, StringComparison.Ordinal);
        Assert.Contains("neither --url nor --key", (await RunAsync(1, "purge", "--database", _database, "--key", "k")).Error, StringComparison.Ordinal);

        var away = new Dictionary<string, string> { ["Audit__Key"] = Key, [DatabasePlace.Variable] = "Host=127.0.0.1;Port=1;Database=runs;Username=u;Password=geheim" };
        var told = (await RunInAsync(1, away, "export", "--to", At("export"))).Error;
        Assert.Contains("The run log 127.0.0.1:1/runs cannot be opened", told, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", told, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<ExportedEvidence> EvidenceAsync(string folder, params string[] more)
    {
        var terminal = await RunAsync(0, ["export", "--to", At(folder), "--with", "evidence", "--json", "-", .. more]);
        return JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ExportManifest)!.Evidence!;
    }

    private async Task<string> ExportAsync(string folder, params string[] more)
    {
        var terminal = await RunAsync(0, ["export", "--to", At(folder), "--json", "-", .. more]);
        return JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ExportManifest)!.RecordsSha256;
    }

    /// <summary>Runs a command where the API's settings stand in the environment.</summary>
    private Task<CapturedTerminal> RunAsync(int? code, params string[] command)
    {
        string[] place = command[0] == "keys" && !command.Contains("--database") ? ["--database", "env:" + DatabasePlace.Variable] : [];
        return RunInAsync(code, new() { [DatabasePlace.Variable] = _database, ["Audit__Key"] = Key }, [.. command, .. place]);
    }

    private static async Task<CapturedTerminal> RunInAsync(int? code, Dictionary<string, string> environment, params string[] command)
    {
        var terminal = new CapturedTerminal(environment: environment);
        var ended = await terminal.RunAsync(command);
        Assert.True(code is null ? ended != 0 : ended == code, $"{string.Join(' ', command)} ended with {ended}: {terminal.Out}{terminal.Error}");
        return terminal;
    }

    /// <summary>The run log as the API has it.</summary>
    private IHost StartApi()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Folder"] = _folder.FullName, ["ConnectionStrings:runs"] = _database, ["Audit:Key"] = Key, ["Retention:Runs:Days"] = "30", ["RunLog:Content"] = "Full",
        });
        builder.Services.AddRunLog(builder.Configuration);
        var host = builder.Build();
        host.Start();
        return host;
    }

    private static Task StoreAsync(RunLog log, int daysAgo)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        var run = new ConsensusResponse
        {
            RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at, Request = new StoredRequest { Prompt = "x" },
            Clusters = [], Links = new Dictionary<string, string>(),
        };
        return log.SaveAsync(new RunRecord(run, null, "here"), Cancelled);
    }
}
