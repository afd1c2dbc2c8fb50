using System.Data.Common;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.Documents.Versioned;

/// <summary>A table of documents of one kind, each row one that came in force; rows are only ever added.</summary>
/// <param name="Name">The table.</param>
internal sealed record DocumentTable(string Name)
{
    public static readonly DocumentTable ScoringConfigs = new("scoring_configs");

    public static readonly DocumentTable Policies = new("policies");

    /// <summary>The text of the document of a version.</summary>
    public string ByVersion => $"SELECT document FROM {Name} WHERE version = @version ORDER BY seq DESC LIMIT 1";

    /// <summary>The columns of such a table.</summary>
    /// <param name="document">What the document is.</param>
    public static IReadOnlyList<StoredField> Fields(string document) =>
    [
        new("seq", FieldClass.Number, "The order in which documents came in force; the greatest is in force."),
        new("version", FieldClass.Identifier, "The document's hash; one that came in force again stands here again."),
        new("put_at", FieldClass.Number, "When it came in force."),
        new("source", FieldClass.Identifier, "`default`, `file` or `api`."),
        new("key_id", FieldClass.Identifier, "The key that put it there; null without one."),
        new("document", FieldClass.Identifier, document),
    ];

    /// <summary>What a start needs.</summary>
    public StoredDocuments Read(DbConnection connection, DbTransaction snapshot)
    {
        var newest = connection.QuerySingleOrDefault<DocumentRow>(
            $"SELECT version, source, key_id, document FROM {Name} ORDER BY seq DESC LIMIT 1", transaction: snapshot);
        var file = connection.QuerySingleOrDefault<string>(
            $"SELECT document FROM {Name} WHERE source = '{DocumentSource.File}' ORDER BY seq DESC LIMIT 1", transaction: snapshot);
        return new StoredDocuments(newest is null ? null : new StoredDocument(newest.version, newest.source, newest.key_id, newest.document), file);
    }

    /// <summary>A page of the history, newest first.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor was not issued for this listing.</exception>
    public Func<DbConnection, Page<T>> List<T>(int limit, string? cursor, Func<DocumentRow, T> change)
    {
        var rows = Math.Clamp(limit, 1, Limits.MaxPageSize);
        var before = cursor is null ? long.MaxValue : SequenceCursor.Read(cursor, Name);
        return connection =>
        {
            var found = connection.Query<DocumentRow>(
                $"SELECT seq, version, put_at, source, key_id FROM {Name} WHERE seq < @before ORDER BY seq DESC LIMIT @rows", new { before, rows = rows + 1 }).AsList();
            return new Page<T>([.. found.Take(rows).Select(change)], found.Count > rows ? SequenceCursor.Write(found[rows - 1].seq, Name) : null);
        };
    }
}
