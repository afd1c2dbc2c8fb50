using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence;

public sealed class EvidenceFileTests : IDisposable
{
    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _evidence.Dispose();

    [Fact]
    public async Task ASecondOpenerIsToldSoAndTheFirstGoesOn()
    {
        await _evidence.Store.OpenAsync(Token);
        using (var second = _evidence.Open())
        {
            var refused = await Assert.ThrowsAsync<EvidenceUnavailableException>(() => second.ProbeAsync(Token));
            Assert.Contains("another process has it open", refused.Message, StringComparison.Ordinal);
            await _evidence.CollectionAsync();
            _evidence.Store.Dispose();
            await second.ProbeAsync(Token);
        }
    }

    [Fact]
    public async Task TheFilesAreReadableByTheirUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes.");
        await _evidence.CollectionAsync();
        Assert.All(
            Directory.GetFiles(_evidence.Folder),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task AFileThatIsNoDatabaseIsUnavailableAndLeftAsItIs()
    {
        var bytes = Enumerable.Repeat((byte)'x', 20_000).ToArray();
        await File.WriteAllBytesAsync(_evidence.File, bytes, Token);
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => _evidence.Store.OpenAsync(Token));
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => _evidence.Store.ProbeAsync(Token));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_evidence.File, Token));
        File.Delete(_evidence.File);
        await _evidence.Store.ProbeAsync(Token);
    }

    [Fact]
    public async Task AStoreThatIsTakenAwayIsMadeAnew()
    {
        await _evidence.CollectionAsync();
        File.Delete(_evidence.File);
        Assert.Empty((await _evidence.Store.ListCollectionsAsync(null, 10, null, Token)).Items);
        await _evidence.CollectionAsync();
        _evidence.Reopen();
        Assert.Single((await _evidence.Store.ListCollectionsAsync(null, 10, null, Token)).Items);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsUnavailableUntilItCan()
    {
        var taken = Path.Combine(_evidence.Folder, "taken");
        await File.WriteAllTextAsync(taken, "", Token);
        using var store = new EvidenceStore(Path.Combine(taken, "evidence.db"), new EvidenceOptions(), TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => store.ProbeAsync(Token));
        File.Delete(taken);
        await store.ProbeAsync(Token);
    }

    [Fact]
    public async Task SwitchedOffItTouchesNoFile()
    {
        using var store = _evidence.Open(isEnabled: false);
        await store.OpenAsync(Token);
        await store.ProbeAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.CreateCollectionAsync(new NewCollection { Name = "x" }, null, Token));
        Assert.Empty(Directory.GetFiles(_evidence.Folder));
    }
}
