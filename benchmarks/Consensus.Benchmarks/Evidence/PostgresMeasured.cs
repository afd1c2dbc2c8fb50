using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The evidence store as API processes share it: a database of its own, which is emptied first.</summary>
internal sealed class PostgresMeasured(string connectionString) : EvidenceMeasured
{
    public override string Name => "PostgreSQL, tsvector + BM25";

    public override long MeasureDisk(string folder)
    {
        using var store = Store();
        return store.MeasureBytes();
    }

    protected override EvidenceStore Store(string folder)
    {
        Run(IsMade ? "VACUUM ANALYZE" : "DROP SCHEMA IF EXISTS evidence CASCADE"); // the first as the server does on its own after a while
        return Store();
    }

    private EvidenceStore Store() => new(new EvidenceServer(connectionString, NullLogger.Instance), new EvidenceOptions(), TimeProvider.System);

    private void Run(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
