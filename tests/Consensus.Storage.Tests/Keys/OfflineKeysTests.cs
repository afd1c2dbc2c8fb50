using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Keys;

/// <summary>Keys in a run log that no service has open.</summary>
public sealed class OfflineKeysTests
{
    private static readonly NewKey Root = new("root", ["admin"]);

    [Fact]
    public async Task TheFirstKeyIsMadeInAFolderThatIsNotThereYet()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-storage-");
        var path = Path.Combine(folder.FullName, "below", "runs.db");
        await using (var log = await OpenAsync(path))
        {
            Assert.Empty(await log.ListKeysAsync(default));
            Assert.Equal(KeyChange.Done, await log.CreateKeyAsync(Root, KeySecret.New(), null, default));
        }

        await using (var log = await OpenAsync(path))
        {
            Assert.Equal("root", Assert.Single(await log.ListKeysAsync(default)).Name);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task WhileAServiceHasTheRunLogOpenItIsLeftAlone()
    {
        await using var log = new TemporaryLog();
        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<RunLogUnavailableException>(() => OpenAsync(log.File));
        Assert.Contains("the API runs", refused.Message, StringComparison.Ordinal);

        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        await log.Log.DisposeAsync();
        await using var alone = await OpenAsync(log.File);
        Assert.Equal(KeyChange.Done, await alone.CreateKeyAsync(Root, KeySecret.New(), null, default));
    }

    [Fact]
    public async Task WhileTheKeysAreOpenNoServiceWritesAndAfterwardsItFindsThem()
    {
        await using var log = new TemporaryLog(busyTimeout: TimeSpan.FromMilliseconds(100));
        await using (var alone = await OpenAsync(log.File))
        {
            await alone.CreateKeyAsync(Root, KeySecret.New(), null, default);
            await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.Log.ProbeAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal("root", Assert.Single(await log.Log.ListKeysAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task WhatIsNoRunLogIsSaidToBeUnreadable()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-storage-");
        var path = Path.Combine(folder.FullName, "runs.db");
        File.WriteAllText(path, new string('x', 8192));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => OpenAsync(path));
        folder.Delete(recursive: true);
    }

    private static Task<RunLog> OpenAsync(string path) => RunLog.OpenAloneAsync(path, TimeProvider.System, NullLogger.Instance, mayCreate: true, TestContext.Current.CancellationToken);
}
