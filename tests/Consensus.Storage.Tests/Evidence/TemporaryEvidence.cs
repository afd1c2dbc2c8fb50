using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>An evidence store in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryEvidence : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-evidence-");
    private readonly TimeProvider _time;

    public TemporaryEvidence(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Store = Open();
    }

    public EvidenceStore Store { get; private set; }

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "evidence.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public EvidenceStore Open(bool isEnabled = true) => new(File, new EvidenceOptions { Enabled = isEnabled }, _time, NullLogger.Instance);

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    public async Task<Guid> CollectionAsync(string? keyId = null, bool shared = false, string name = "Reports") =>
        (await Store.CreateCollectionAsync(new NewCollection { Name = name, Shared = shared }, keyId, Token))!.Id;

    public async Task<DocumentAdding> TryAddAsync(Guid collection, string text, string? title = null) =>
        await Store.AddDocumentAsync(collection, new NewDocument(text, "text/plain", title, "https://example.org/a", "CC0-1.0"), static _ => true, Token);

    public async Task<EvidenceDocument> AddAsync(Guid collection, string text, string? title = null)
    {
        var adding = await TryAddAsync(collection, text, title);
        Assert.Equal(DocumentAdded.Added, adding.Outcome);
        return adding.Document!;
    }

    public Task<PassageHits> SearchAsync(Guid collection, string query, int most = 10) => Store.SearchAsync(collection, query, most, Token);

    /// <summary>Every byte on the disk.</summary>
    public string Bytes() => string.Concat(_folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(static file => file.Extension != ".lock").Select(static file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return System.Text.Encoding.Latin1.GetString(copy.ToArray());
    }));

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
