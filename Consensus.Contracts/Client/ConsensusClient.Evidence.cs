using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Evidence mode: answers whose every claim is held against passages.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Has a panel answer from passages and checks every claim of the answer.</summary>
    /// <param name="request">The question and where the passages come from.</param>
    /// <param name="idempotencyKey">A name for this request: sent again with it, it begins no second run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConsensusApiException">The request is refused, no model answered, or the API cannot be reached.</exception>
    public Task<EvidenceResponse> AskEvidenceAsync(EvidenceRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var message = Post("v1/evidence", request, Outgoing.EvidenceRequest);
        if (idempotencyKey is not null)
        {
            message.Headers.Add(IdempotencyHeader, idempotencyKey);
        }

        return SendAsync(message, ConsensusJson.Default.EvidenceResponse, cancellationToken);
    }

    /// <summary>Checks an answer that the caller already has.</summary>
    /// <exception cref="ConsensusApiException">The request is refused, or the API cannot be reached.</exception>
    public Task<EvidenceRecord> CheckEvidenceAsync(EvidenceCheckRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/evidence/check", request, Outgoing.EvidenceCheckRequest), ConsensusJson.Default.EvidenceRecord, cancellationToken);

    /// <summary>A stored evidence record.</summary>
    /// <exception cref="ConsensusApiException">There is no such record, records are not stored, or the API cannot be reached.</exception>
    public Task<EvidenceRecord> GetEvidenceAsync(Guid evidenceId, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/evidence/{evidenceId:D}"), ConsensusJson.Default.EvidenceRecord, cancellationToken);

    /// <summary>A page of evidence records, newest first.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, records are not stored, or the API cannot be reached.</exception>
    public Task<Page<EvidenceSummary>> ListEvidenceAsync(EvidenceQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/evidence" + query?.ToQueryString()), ConsensusJson.Default.PageEvidenceSummary, cancellationToken);

    /// <summary>Erases an evidence record; its run stays.</summary>
    /// <exception cref="ConsensusApiException">There is no such record, records are not stored, or the API cannot be reached.</exception>
    public async Task DeleteEvidenceAsync(Guid evidenceId, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/evidence/{evidenceId:D}"), Json, cancellationToken);
    }
}
