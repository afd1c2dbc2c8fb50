using Consensus.Contracts.Runs;
using Consensus.Storage.Tests.Making;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Runs;

public sealed class RoundTripTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Property(MaxTest = 300)]
    public async Task WhatIsSavedInFullIsFoundToTheLastMember(int seed)
    {
        var run = Shape.Run(new RandomFiller(seed));

        await _log.SaveAsync(run);

        Assert.Equal(Make.Json(run), Make.Json(await _log.FindAsync(run.RunId)));
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
}
