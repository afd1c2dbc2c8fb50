using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Moving;

public sealed class MoveSwitchTests : IAsyncLifetime
{
    private readonly MoveRig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _rig.FillAsync(10);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task WhileItIsFilledTheNewPlaceTakesNoWriteAndTheOldOneDoes()
    {
        _rig.Move(mayMove: false);

        await using var log = _rig.OpenNew();
        var fault = await Assert.ThrowsAsync<RunLogMovedException>(() => log.SaveAsync(new RunRecord(Make.Run(), null, "there"), Token));
        Assert.Contains("being filled", fault.Message, StringComparison.Ordinal);
        await _rig.FillAsync(1);
        Assert.Equal((MoveState.Copying, 11L), _rig.Open() is var move && Plan(move) is var plan ? (plan.State, plan.Tables[0].Source) : default);
    }

    [Fact]
    public async Task RolledBackTheOldPlaceTakesWritesTheTrailSaysSoAndTheNewOneIsEmpty()
    {
        _rig.Move();
        using (var stillOpen = _rig.Open())
        {
            Assert.Contains("Another process", Assert.Throws<RunLogUnavailableException>(() => _ = stillOpen.RollBack()).Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<RunLogMovedException>(() => _rig.FillAsync(1));
        await _rig.Log.CloseAsync();
        using (var move = _rig.Open())
        {
            Assert.NotNull(move.RollBack());
            move.Empty();
        }

        await _rig.Log.ReopenAsync();
        await _rig.Log.SaveAsync(Make.Run(createdAt: Make.Noon.AddDays(1)));
        using (var connection = _rig.ConnectNew())
        {
            Assert.Equal(0, connection.QuerySingle<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
        }

        Assert.True(_rig.Move().Switched);
        var report = AuditVerification.VerifyServer(_rig.Database, _rig.Folder, new(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        using var there = _rig.ConnectNew();
        Assert.Equal(["storage_returned", "storage_moved"], there.Query<string>("SELECT action FROM audit_log WHERE subject_kind = 'storage' ORDER BY seq"));
    }

    [Fact]
    public async Task WhatWasRecordedSinceTheSwitchIsNotRolledBack()
    {
        _rig.Move();
        await using (var log = _rig.OpenNew())
        {
            await log.SaveAsync(new RunRecord(Make.Run(), null, "there"), Token);
        }

        await _rig.Log.CloseAsync();
        using var move = _rig.Open();
        var fault = Assert.Throws<RunLogUnavailableException>(() => _ = move.RollBack());
        Assert.StartsWith("1 entries", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUsedPlaceAnotherSourceAndASecondFillerAreRefused()
    {
        using (_rig.Open())
        {
            Assert.Contains("Another migration", Assert.Throws<RunLogUnavailableException>(_rig.Open).Message, StringComparison.Ordinal);
        }

        _rig.Move(mayMove: false);
        await using var other = new TemporaryLog();
        await other.SaveAsync(Make.Run());
        Assert.Contains("being filled from", Refusal(other, _rig.To), StringComparison.Ordinal);

        _rig.Move();
        Assert.Contains("is used", Refusal(other, _rig.To), StringComparison.Ordinal);
        Assert.Contains("has moved to", Assert.Throws<RunLogUnavailableException>(() => StorageMove.Open(_rig.From, MovePlace.InFolder(Path.Combine(other.Folder, "new")), TimeProvider.System)).Message, StringComparison.Ordinal);
        Assert.Contains("no run log", Assert.Throws<RunLogUnavailableException>(() => StorageMove.Open(MovePlace.InFolder(Path.Combine(other.Folder, "none")), _rig.To, TimeProvider.System)).Message, StringComparison.Ordinal);

        static string Refusal(TemporaryLog from, MovePlace to) => Assert.Throws<RunLogUnavailableException>(
            () => StorageMove.Open(MovePlace.InFolder(Path.GetDirectoryName(from.File)!), to, TimeProvider.System)).Message;
    }

    [Fact]
    public async Task WithoutTheAuditKeyNothingIsSealed()
    {
        File.Move(Path.Combine(_rig.Folder, "audit.key"), Path.Combine(_rig.Folder, "elsewhere.key"));

        Assert.Contains("Audit__Key", Assert.Throws<RunLogUnavailableException>(() => _rig.Move()).Message, StringComparison.Ordinal);

        await _rig.FillAsync(1);
    }

    private static Contracts.LongTerm.MovePlan Plan(StorageMove move)
    {
        using (move)
        {
            return move.Plan();
        }
    }
}
