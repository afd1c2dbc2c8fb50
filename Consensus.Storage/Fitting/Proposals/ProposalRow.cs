using System.Text.Json;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Fitting.Proposals;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>What a look-up reads of a row of <c>calibration_proposals</c>.</summary>
internal sealed class ProposalRow
{
    /// <summary>One proposal, whole.</summary>
    public const string One = "SELECT seq, report, document FROM calibration_proposals WHERE proposal_id = @id";

    /// <summary>A page, newest first, without the documents.</summary>
    public const string Page = "SELECT seq, report FROM calibration_proposals WHERE seq < @before ORDER BY seq DESC LIMIT @rows";

    /// <summary>The newest proposal with the newest label that it knew.</summary>
    public const string Newest = "SELECT seq, label_seq, report FROM calibration_proposals ORDER BY seq DESC LIMIT 1";

    public long seq { get; init; }
    public long label_seq { get; init; }
    public string report { get; init; } = "";
    public string? document { get; init; }

    public CalibrationProposal ToBody() => JsonSerializer.Deserialize(report, ConsensusJson.Default.CalibrationProposal)! with
    {
        Document = document is null ? null : JsonSerializer.Deserialize(document, ConsensusJson.Default.FittedDocument),
    };
}
