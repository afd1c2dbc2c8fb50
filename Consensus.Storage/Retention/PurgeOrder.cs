using Consensus.Contracts.Retention;

namespace Consensus.Storage.Retention;

/// <summary>What is to be purged, and for whom.</summary>
/// <param name="Policy">How long things are kept.</param>
/// <param name="Source">Who wants it.</param>
/// <param name="KeyId">The API key's name; <c>null</c> without one.</param>
/// <param name="DryRun">Whether it is only counted and told.</param>
/// <param name="BatchRows">Rows of a table that are erased in one transaction.</param>
public sealed record PurgeOrder(RetentionPolicy Policy, PurgeSource Source, string? KeyId, bool DryRun, int BatchRows);

/// <summary>A batch that is to be erased.</summary>
/// <param name="PurgeId">The purge that it belongs to.</param>
/// <param name="Order">The purge's order.</param>
/// <param name="Rule">The table's rule.</param>
/// <param name="Reason">Why.</param>
/// <param name="CutOff">For <see cref="PurgeReason.Age"/>: rows before this, as stored.</param>
/// <param name="Kept">Rows that are too old and kept all the same.</param>
/// <param name="After">The last row of the batch before; the least there is for the first.</param>
internal sealed record PurgeBatch(Guid PurgeId, PurgeOrder Order, RetentionRule Rule, PurgeReason Reason, long? CutOff, long Kept, PurgePlace After);

/// <summary>A place in the order of a table's rows.</summary>
internal readonly record struct PurgePlace(long Time, long Seq)
{
    public static PurgePlace First { get; } = new(long.MinValue, long.MinValue);
}

/// <summary>What became of a batch.</summary>
/// <param name="Rows">Rows of the table that were erased.</param>
/// <param name="OwnedRows">Rows of other tables that went with them.</param>
/// <param name="IsLast">Whether nothing more is to be erased for this reason.</param>
/// <param name="Last">The last row.</param>
internal sealed record PurgedBatch(long Rows, long OwnedRows, bool IsLast, PurgePlace Last);
