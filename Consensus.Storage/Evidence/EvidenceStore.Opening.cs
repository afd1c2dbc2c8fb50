using Consensus.Storage.Evidence.Postgres;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Evidence;

public sealed partial class EvidenceStore
{
    /// <summary>A store in a LiteDB file; nobody else can open it until it is closed. Nothing is touched before the first use.</summary>
    /// <param name="path">The file; it is made with its folder where it is missing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public static EvidenceStore OfFile(string path, TimeProvider time, ILogger logger) => new(path, new EvidenceOptions(), time, logger);

    /// <summary>A store in a PostgreSQL database. Nothing is touched before the first use.</summary>
    /// <param name="connectionString">Server, database and user, as Npgsql takes them; the schema is made, or brought up to date, at the first use.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    /// <exception cref="ArgumentException">The text is no connection string, or names no server or database.</exception>
    public static EvidenceStore OfServer(string connectionString, TimeProvider time, ILogger logger) =>
        new(new EvidenceServer(connectionString, logger), new EvidenceOptions(), time);
}
