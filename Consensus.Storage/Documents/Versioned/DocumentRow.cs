namespace Consensus.Storage.Documents.Versioned;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>What a look-up reads of a row of versioned documents.</summary>
internal sealed class DocumentRow
{
    public long seq { get; init; }
    public string version { get; init; } = "";
    public long put_at { get; init; }
    public string source { get; init; } = "";
    public string? key_id { get; init; }
    public string document { get; init; } = "";
}
