using System.Data.Common;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Documents.Versioned;

/// <summary>What the writer does with versioned documents inside a transaction.</summary>
internal sealed class DocumentStatements(DbConnection connection, DocumentTable table) : IDisposable
{
    private readonly Statement _newest = new(connection, $"SELECT version || ' ' || source FROM {table.Name} ORDER BY seq DESC LIMIT 1");

    private readonly Statement _insert = new(connection,
        $"""
         INSERT INTO {table.Name} (version, put_at, source, key_id, document)
         VALUES ($version, $putAt, $source, $keyId, {Statement.Text("$document")})
         """,
        "$version", "$putAt", "$source", "$keyId", "$document");

    /// <summary>Appends a document; false when it is the newest already, and from the same source.</summary>
    public bool Put(StoredDocument document, DateTimeOffset now)
    {
        if (_newest.Scalar() is string newest && newest == $"{document.Version} {document.Source}")
            return false;
        _insert.Execute(document.Version, StoredTime.Write(now), document.Source, document.KeyId ?? (object)DBNull.Value, document.Document);
        return true;
    }

    public void Dispose()
    {
        _newest.Dispose();
        _insert.Dispose();
    }
}
