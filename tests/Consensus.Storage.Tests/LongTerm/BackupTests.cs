using Consensus.Contracts.Audit;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.LongTerm;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Storage => Path.GetDirectoryName(_log.File)!;

    private string Backup => Path.Combine(_log.Folder, "backup");

    private string Elsewhere => Path.Combine(_log.Folder, "elsewhere");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task WhatWasAcknowledgedBeforeABackupUnderWritesIsThereAfterItIsRestoredAndTheTrailIsSound()
    {
        using var evidence = new EvidenceStore(Path.Combine(Storage, EvidenceStoreRegistration.FileName), new EvidenceOptions(), TimeProvider.System, NullLogger.Instance);
        await evidence.ProbeAsync(Token);
        var old = Make.Run(createdAt: Make.Noon.AddDays(-100)) with { FinishedAt = Make.Noon.AddDays(-100) };
        await _log.SaveAsync(old);
        Assert.Equal(1, await _log.Log.ArchiveAsync(Make.Noon.AddDays(-1), dryRun: false, told: null, Token));
        List<ConsensusResponse> before = [old];
        using var enough = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var writing = WriteAsync();

        await begun.Task;
        ConsensusResponse[] acknowledged;
        lock (before)
        {
            acknowledged = [.. before];
        }

        var manifest = await StorageBackup.WriteAsync(_log.Log, evidence, Backup, Make.Noon, keyId: null, Token);
        await enough.CancelAsync();
        await writing;

        Assert.Contains(manifest.Files, static file => file.Name.StartsWith("archive/", StringComparison.Ordinal));
        Assert.Contains(manifest.Files, static file => file.Name == "evidence.db");
        await StorageRestore.RestoreAsync(Backup, Elsewhere, force: false, Make.Noon, Token);
        File.Copy(Path.Combine(Storage, AuditOptions.DefaultKeyFile), Path.Combine(Elsewhere, AuditOptions.DefaultKeyFile));
        await using (var restored = await RunLog.OpenAsync(Path.Combine(Elsewhere, "runs.db"), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, Token))
        {
            Assert.Empty(await restored.CheckAsync(Token));
            foreach (var run in acknowledged)
            {
                Assert.Equal(Make.Json(await _log.FindAsync(run.RunId)), Make.Json(await restored.FindAsync(run.RunId, keyId: null, Token)));
            }
        }

        using (var again = new EvidenceStore(Path.Combine(Elsewhere, "evidence.db"), new EvidenceOptions(), TimeProvider.System, NullLogger.Instance))
        {
            await again.ProbeAsync(Token);
        }

        var report = AuditVerification.Verify(Elsewhere, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.True(report.Runs >= acknowledged.Length);

        async Task WriteAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                var run = Make.Run();
                await _log.SaveAsync(run);
                lock (before)
                {
                    before.Add(run);
                }

                if (before.Count > 50)
                {
                    begun.TrySetResult();
                }
            }
        }
    }

    [Fact]
    public async Task ARestoreReplacesOnlyByForceAndOnlyWhatNobodyHasOpenAndPutsItAside()
    {
        var run = Make.Run();
        await _log.SaveAsync(run);
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => StorageBackup.WriteStoppedAsync(Storage, Backup, Make.Noon, Token));
        await _log.CloseAsync();
        await StorageBackup.WriteStoppedAsync(Storage, Backup, Make.Noon, Token);
        await _log.ReopenAsync();
        await _log.Log.DeleteAsync(run.RunId, static _ => true, by: null, Token);

        await Assert.ThrowsAsync<IOException>(() => StorageRestore.RestoreAsync(Backup, Storage, force: false, Make.Noon, Token));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => StorageRestore.RestoreAsync(Backup, Storage, force: true, Make.Noon, Token));
        await _log.CloseAsync();
        await StorageRestore.RestoreAsync(Backup, Storage, force: true, Make.Noon, Token);

        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(Storage, "replaced-*")), "runs.db")));
        Assert.Empty(Directory.GetDirectories(Storage, "incoming-*"));
        Assert.True(AuditVerification.Verify(Storage, new AuditOptions(), heads: null, Token).Sound);
        await _log.ReopenAsync();
        Assert.NotNull(await _log.FindAsync(run.RunId));
    }

    [Fact]
    public async Task ABackupThatWasChangedIsNotRestored()
    {
        await _log.SaveAsync(Make.Run());
        await _log.CloseAsync();
        await StorageBackup.WriteStoppedAsync(Storage, Backup, Make.Noon, Token);
        await File.AppendAllTextAsync(Path.Combine(Backup, "runs.db"), "x", Token);

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => StorageRestore.RestoreAsync(Backup, Elsewhere, force: false, Make.Noon, Token));

        Assert.Contains("runs.db", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Elsewhere));
    }

    [Fact]
    public async Task ABackupOfAStoppedLogIsInItsTrailWhereThatCanBeWrittenAndCompleteWhereNot()
    {
        await _log.SaveAsync(Make.Run());
        await _log.CloseAsync();

        var (manifest, notNoted) = await StorageBackup.WriteStoppedAsync(Storage, Backup, Make.Noon, Token);

        Assert.Null(notNoted);
        await _log.ReopenAsync();
        var entry = Assert.Single((await _log.Log.ListAuditAsync(new AuditFilter { Action = AuditAction.BackupMade }, Token)).Items);
        Assert.Equal(("cli", manifest.BackupId.ToString("D")), (entry.Actor, entry.Subject.Id));
        await _log.CloseAsync();

        var key = Path.Combine(Storage, AuditOptions.DefaultKeyFile);
        File.Move(key, key + "-aside");
        Assert.Contains("Audit__Key", await WhyAsync("without-key"), StringComparison.Ordinal);
        File.Move(key + "-aside", key);
        using (var connection = _log.Connect())
        {
            await connection.ExecuteAsync("INSERT INTO schema_versions (ScriptName, Applied) VALUES ('9999_from_the_future.sql', '2030-01-01')");
        }

        Assert.Contains("another version", await WhyAsync("later"), StringComparison.Ordinal);

        async Task<string?> WhyAsync(string name)
        {
            var backup = await StorageBackup.WriteStoppedAsync(Storage, Path.Combine(_log.Folder, name), Make.Noon, Token);
            Assert.Equal(BackupCheck.Sound, BackupReader.Summarize(Path.Combine(_log.Folder, name), verify: true, Token).Check);
            Assert.Contains(backup.Manifest.Files, static file => file.Name == "runs.db");
            return backup.NotNoted;
        }
    }

    [Fact]
    public async Task AFolderWithoutARunLogIsBackedUpForItsEvidenceAndAnEmptyOneRefused()
    {
        var storage = Path.Combine(_log.Folder, "evidence-only");
        var nothing = await Assert.ThrowsAsync<RunLogUnavailableException>(() => StorageBackup.WriteStoppedAsync(storage, Backup, Make.Noon, Token));
        Assert.Contains("no evidence store", nothing.Message, StringComparison.Ordinal);
        Guid collection;
        using (var evidence = EvidenceStore.OfFile(Path.Combine(storage, EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance))
        {
            collection = (await evidence.CreateCollectionAsync(new NewCollection { Name = "notes" }, keyId: null, Token))!.Id;
            await Assert.ThrowsAsync<EvidenceUnavailableException>(
                () => StorageBackup.WriteStoppedAsync(storage, Path.Combine(_log.Folder, "held"), Make.Noon, Token));
        }

        var backup = await StorageBackup.WriteStoppedAsync(storage, Backup, Make.Noon, Token);

        Assert.Equal("evidence.db", Assert.Single(backup.Manifest.Files).Name);
        Assert.Contains("no run log", backup.NotNoted, StringComparison.Ordinal);
        await StorageRestore.RestoreAsync(Backup, Elsewhere, force: false, Make.Noon, Token);
        using var restored = EvidenceStore.OfFile(Path.Combine(Elsewhere, EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance);
        Assert.NotNull(await restored.FindCollectionAsync(collection, keyId: null, Token));
    }
}
