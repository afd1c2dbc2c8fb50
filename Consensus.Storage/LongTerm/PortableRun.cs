using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.LongTerm;

/// <summary>
/// A run with everything that belongs to it, as its rows stand in the database: text, <see cref="long"/>, <see cref="double"/>, bytes of ids, or
/// <see cref="DBNull"/>, in the order of the columns of <see cref="PortableTables"/>.
/// </summary>
internal sealed record PortableRun
{
    private static readonly int IdColumn = PortableTables.Runs.IndexOf("run_id");
    private static readonly int CreatedColumn = PortableTables.Runs.IndexOf("created_at");
    private static readonly int FinishedColumn = PortableTables.Runs.IndexOf("finished_at");
    private static readonly int KeyColumn = PortableTables.Runs.IndexOf("key_id");
    private static readonly int StatusColumn = PortableTables.Runs.IndexOf("status");

    public required object[] Run { get; init; }

    public required IReadOnlyList<object[]> Candidates { get; init; }

    public required IReadOnlyList<object[]> Clusters { get; init; }

    /// <summary>In ordinal order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>In ordinal order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>In the order in which they were given.</summary>
    public required IReadOnlyList<object[]> Labels { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public required IReadOnlyList<PortableJob> Jobs { get; init; }

    public byte[] IdBytes => (byte[])Run[IdColumn];

    public Guid RunId => StoredValue.Id(IdBytes);

    public long CreatedAt => (long)Run[CreatedColumn];

    /// <summary>When it ended; of a run that has no end recorded, when it was created.</summary>
    public long FinishedAt => Run[FinishedColumn] as long? ?? CreatedAt;

    public string? KeyId => Run[KeyColumn] as string;

    public RunStatus Status => WireName.Parse<RunStatus>((string)Run[StatusColumn]);

    /// <summary>The hash of the record, by which the audit trail knows the run.</summary>
    public byte[] ComputeHash() => RunRecordHash.Of([Run], Candidates, Clusters, Models, Tags);
}

/// <summary>A judge job with its scores, in the order in which they came.</summary>
internal sealed record PortableJob(object[] Job, IReadOnlyList<object[]> Scores);
