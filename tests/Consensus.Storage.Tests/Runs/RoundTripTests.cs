using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Runs;

public class RoundTripTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly TemporaryLog _redacted = new(RunContent.Redacted);
    private readonly TemporaryLog _struck = new(RunContent.Redacted, StrikeDigits);
    private readonly TemporaryLog _none = new(RunContent.None, StrikeDigits);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in (TemporaryLog[])[_log, _redacted, _struck, _none])
            await log.DisposeAsync();
    }

    [Property(MaxTest = 300)]
    public async Task WhatIsSavedInFullIsFoundToTheLastMember(int seed)
    {
        var run = Shape.Run(new RandomFiller(seed));

        await _log.SaveAsync(run);

        Assert.Equal(Make.Json(run), Make.Json(await _log.FindAsync(run.RunId)));
    }

    /// <summary>Nothing that the filler writes is personal or secret, least of all the numbers that were measured.</summary>
    [Property(MaxTest = 300)]
    public async Task AnAggregateWithoutSecretsIsFoundWholeAfterRedaction(int seed)
    {
        var run = Shape.Run(new RandomFiller(seed)) with { Kind = RunKind.Aggregate };

        await _redacted.SaveAsync(run);

        Assert.Equal(Make.Json(run), Make.Json(await _redacted.FindAsync(run.RunId)));
    }

    [Property(MaxTest = 300)]
    public async Task AnAggregateKeepsItsNumbersAtEveryLevelWhateverTheRedactorFindsInThem(int seed)
    {
        var run = Shape.Run(new RandomFiller(seed)) with { Kind = RunKind.Aggregate };

        foreach (var log in (TemporaryLog[])[_struck, _none])
        {
            await log.SaveAsync(run);

            var found = await log.FindAsync(run.RunId);
            Assert.Equal(run.Request?.Reliability?.Values, found!.Request?.Reliability?.Values);
            Assert.Equal(run.Clusters.Select(cluster => cluster.Share), found.Clusters.Select(cluster => cluster.Share));
        }
    }

    [Property(MaxTest = 50)]
    public async Task WhatReplacesARunLeavesNothingOfItBehind(int seed)
    {
        var first = Shape.Run(new RandomFiller(seed)) with { Status = RunStatus.Running };
        var second = Shape.Run(new RandomFiller(~seed)) with { Status = RunStatus.Completed, RunId = first.RunId };

        await _log.SaveAsync(first);
        await _log.SaveAsync(second);

        Assert.Equal(Make.Json(second), Make.Json(await _log.FindAsync(first.RunId)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task TextWithANulCharacterIsKeptWhole(int times)
    {
        var text = string.Concat(Enumerable.Repeat("before\0after", times));
        var run = Make.Run() with { Request = new StoredRequest { Prompt = text } };

        await _log.SaveAsync(run);

        Assert.Equal(text, (await _log.FindAsync(run.RunId))!.Request!.Prompt);
    }

    [Fact]
    public async Task HalfACharacterIsStoredAsTheReplacementCharacterAsItIsOnTheWire()
    {
        var run = Make.Run() with { Request = new StoredRequest { Prompt = "half \ud800 a character", Tags = ["\udc00"] } };

        await _log.SaveAsync(run);

        Assert.Equal(Make.Json(run), Make.Json(await _log.FindAsync(run.RunId)));
    }

    [Fact]
    public async Task TimesComeBackAsTheSameInstantInUtc()
    {
        var created = new DateTimeOffset(2026, 11, 23, 14, 30, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        var run = Make.Run(createdAt: created);

        await _log.SaveAsync(run);

        var found = await _log.FindAsync(run.RunId);
        Assert.Equal(created, found!.CreatedAt);
        Assert.Equal(TimeSpan.Zero, found.CreatedAt.Offset);
    }

    [Fact]
    public async Task ARunIsStillThereAfterTheLogWasClosedAndOpened()
    {
        var run = Shape.Run(new RandomFiller(7));
        await _log.SaveAsync(run);

        await _log.ReopenAsync();

        Assert.Equal(Make.Json(run), Make.Json(await _log.FindAsync(run.RunId)));
    }

    [Fact]
    public async Task AnUnknownIdAndAForeignKeyFindNothing()
    {
        var run = Make.Run();
        await _log.SaveAsync(run, keyId: "alice");

        Assert.Null(await _log.FindAsync(Guid.CreateVersion7()));
        Assert.Null(await _log.FindAsync(run.RunId, keyId: "bob"));
        Assert.NotNull(await _log.FindAsync(run.RunId, keyId: "alice"));
        Assert.NotNull(await _log.FindAsync(run.RunId, keyId: null));
    }

    private static string StrikeDigits(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? '#' : c));
}
