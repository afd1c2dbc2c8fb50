using System.Text.Json.Serialization;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Evidence;

/// <summary>The answer to <c>POST /v1/evidence</c>: the evidence record, and the run that it is about.</summary>
public sealed record EvidenceResponse : EvidenceRecord
{
    /// <summary>The run; <c>null</c> where no model was asked.</summary>
    [JsonPropertyOrder(1)]
    public ConsensusResponse? Run { get; init; }
}
