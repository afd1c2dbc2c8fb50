using System.Data.Common;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Fitting;

/// <summary>What the writer does with fitted documents inside a transaction.</summary>
internal sealed class FittedStatements(DbConnection connection) : IDisposable
{
    /// <summary>The newest document.</summary>
    public const string Newest = "SELECT document FROM fitted_documents ORDER BY seq DESC LIMIT 1";

    private readonly Statement _version = new(connection, "SELECT version FROM fitted_documents ORDER BY seq DESC LIMIT 1");

    private readonly Statement _insert = new(connection,
        $"""
         INSERT INTO fitted_documents (version, fitted_at, put_at, key_id, document)
         VALUES ($version, $fittedAt, $putAt, $keyId, {Statement.Text("$document")})
         """,
        "$version", "$fittedAt", "$putAt", "$keyId", "$document");

    /// <summary>Appends a document; false when it is the newest already.</summary>
    public bool Put(FittedState state, DateTimeOffset now, string? keyId)
    {
        if (_version.Scalar() is string newest && newest == state.Version)
            return false;
        _insert.Execute(state.Version, StoredTime.Write(state.FittedAt), StoredTime.Write(now), keyId ?? (object)DBNull.Value, FittedVersion.FileOf(state.Document));
        return true;
    }

    public void Dispose()
    {
        _version.Dispose();
        _insert.Dispose();
    }
}
