using Consensus.ApiService.Backups;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.ApiService.Tests.Backups;

public sealed class BackupsApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABackupThatIsAskedForIsMadeListedAuditedAndRestored()
    {
        await using var folder = new BackupFolders();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(folder.Settings.Concat(KeyedApi.Settings)));
        await folder.FirstAsync(app);
        using var admin = app.Client(KeyedApi.Key("admin"));
        using var caller = app.Client(KeyedApi.Key("run"));
        using var decided = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, caller);
        var client = new ConsensusClient(admin);

        var backup = await client.BackUpAsync(Token);

        Assert.Equal([BackedUpStore.RunLog, BackedUpStore.Evidence], backup.Stores.Where(static store => store != BackedUpStore.AuditHeads));
        var list = await client.ListBackupsAsync(verify: true, Token);
        Assert.Equal((false, 2), (list.IsRunning, list.Backups.Count));
        Assert.Equal((backup.Name, backup.CreatedAt, backup.SizeBytes), (list.Backups[0].Name, list.Backups[0].CreatedAt, list.Backups[0].SizeBytes));
        Assert.All(list.Backups, static found => Assert.Equal((BackupCheck.Sound, 0), (found.Check, found.DamagedFiles.Count)));
        Assert.Equal(backup.CreatedAt.AddDays(1), list.NextAt, TimeSpan.FromSeconds(1));

        var entries = (await client.ListAuditAsync(new AuditQuery { Action = AuditAction.BackupMade }, Token)).Items;
        Assert.Equal(["key:admin", "system"], entries.Select(static entry => entry.Actor));
        var storage = Path.Combine(folder.Path, "restored");
        await StorageRestore.RestoreAsync(Path.Combine(folder.Path, backup.Name), storage, force: false, DateTimeOffset.UtcNow, Token);
        File.Copy(Path.Combine(Path.GetDirectoryName(app.Services.GetRequiredService<RunLog>().Place)!, AuditOptions.DefaultKeyFile), Path.Combine(storage, AuditOptions.DefaultKeyFile));
        await using var restored = await RunLog.OpenAsync(Path.Combine(storage, "runs.db"), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, Token);
        Assert.NotNull(await restored.FindAsync((await decided.RunAsync()).RunId, keyId: null, Token));
    }

    [Fact]
    public async Task ADamagedBackupIsNamedWithItsFiles()
    {
        await using var folder = new BackupFolders();
        await using var app = await ApiApp.StartAsync(folder.Settings);
        await folder.FirstAsync(app);
        var client = new ConsensusClient(app.Http);
        var file = Path.Combine(folder.Complete[0], "evidence.db");
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);

        Assert.Equal(BackupCheck.NotChecked, (await client.ListBackupsAsync(verify: false, Token)).Backups.Single().Check);
        var read = (await client.ListBackupsAsync(verify: true, Token)).Backups.Single();
        Assert.Equal((BackupCheck.Damaged, "evidence.db"), (read.Check, Assert.Single(read.DamagedFiles)));
        File.Delete(file);
        Assert.Equal(BackupCheck.Damaged, (await client.ListBackupsAsync(verify: false, Token)).Backups.Single().Check);
        await File.WriteAllTextAsync(Path.Combine(folder.Complete[0], "manifest.json"), "{", Token);
        Assert.Equal(["manifest.json"], (await client.ListBackupsAsync(verify: false, Token)).Backups.Single().DamagedFiles);
    }

    [Fact]
    public async Task WhileOneIsMadeAnotherIsRefusedAndTheListSaysSo()
    {
        await using var folder = new BackupFolders();
        await using var app = await ApiApp.StartAsync(folder.Settings);
        await folder.FirstAsync(app);
        var keeper = app.Services.GetRequiredService<BackupKeeper>();
        using (await keeper.BeginAsync(Token))
        {
            await (await app.PostAsync("/v1/backups", "")).ProblemAsync(ErrorCatalog.BackupInProgress);
            Assert.True((await new ConsensusClient(app.Http).ListBackupsAsync(cancellationToken: Token)).IsRunning);
        }

        await new ConsensusClient(app.Http).BackUpAsync(Token);
        Assert.Equal(2, folder.Complete.Count);
    }

    [Theory]
    [InlineData("?verify=perhaps", "verify invalid_value")]
    [InlineData("?check=true", "check unknown_member")]
    public async Task WhatIsAskedWronglyIsNamed(string query, string violation)
    {
        await using var folder = new BackupFolders();
        await using var app = await ApiApp.StartAsync(folder.Settings);
        Assert.Equal([violation], await (await app.Http.GetAsync("/v1/backups" + query, Token)).ViolationsAsync());
    }
}
