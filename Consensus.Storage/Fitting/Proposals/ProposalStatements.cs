using System.Data.Common;
using System.Text.Json;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Fitting.Proposals;

/// <summary>What the writer does with proposals inside a transaction.</summary>
internal sealed class ProposalStatements(DbConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection,
        $"""
         INSERT INTO calibration_proposals (proposal_id, proposed_at, version, adopted, label_seq, data_sha256, report, document)
         VALUES ($id, $proposedAt, $version, $adopted, $labelSeq, $sha256, {Statement.Text("$report")}, {Statement.Text("$document")})
         """,
        "$id", "$proposedAt", "$version", "$adopted", "$labelSeq", "$sha256", "$report", "$document");

    /// <summary>Appends a proposal.</summary>
    public bool Put(CalibrationProposal proposal, FittedState state, long labelSeq)
    {
        _insert.Execute(
            StoredValue.Id(proposal.Id), StoredTime.Write(proposal.ProposedAt), proposal.Version, proposal.Adopted ? 1L : 0L, labelSeq, proposal.DataSha256,
            JsonSerializer.Serialize(proposal with { Document = null }, ConsensusJson.Default.CalibrationProposal), FittedVersion.FileOf(state.Document));
        return true;
    }

    public void Dispose() => _insert.Dispose();
}
