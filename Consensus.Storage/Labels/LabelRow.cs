using Consensus.Contracts.Runs;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Labels;

/// <summary>What a look-up reads of a row of <c>labels</c>.</summary>
internal sealed class LabelRow
{
    /// <summary>The label of a run that holds.</summary>
    public const string Newest = "SELECT labelled_at, answer_right, right_cluster, gold FROM labels WHERE run_seq = @seq ORDER BY seq DESC LIMIT 1";

    public long labelled_at { get; init; }
    public long? answer_right { get; init; }
    public long? right_cluster { get; init; }
    public string? gold { get; init; }

    public LabelBody ToBody() => new()
    {
        Right = answer_right is { } right ? right != 0 : null,
        RightCluster = (int?)right_cluster,
        Gold = gold,
        LabelledAt = StoredTime.Read(labelled_at),
    };
}
