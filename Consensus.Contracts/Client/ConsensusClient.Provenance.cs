using System.Net.Http.Headers;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;

namespace Consensus.Contracts.Client;

/// <summary>Where answers came from, and runs decided again.</summary>
public sealed partial class ConsensusClient
{
    private static readonly MediaTypeWithQualityHeaderValue Prov = new("application/provenance+json");

    /// <summary>Where the answer of a stored run came from.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, or the API cannot be reached.</exception>
    public Task<RunProvenance> GetProvenanceAsync(Guid runId, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/runs/{runId:D}/provenance"), ConsensusJson.Default.RunProvenance, cancellationToken);

    /// <summary>The same as W3C PROV, in the form of PROV-JSON.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, or the API cannot be reached.</exception>
    public async Task<JsonElement> GetProvAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(Get($"v1/runs/{runId:D}/provenance"), Prov, cancellationToken);
        try
        {
            return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException e)
        {
            throw ClientFailure.From(e, response.RequestMessage?.RequestUri);
        }
    }

    /// <summary>Decides a stored run again from what is stored of it; the run is not changed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="request">By what, where not as it was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConsensusApiException">There is no such run, it cannot be decided again, the request is refused, or the API cannot be
    /// reached.</exception>
    public Task<ReplayReport> ReplayRunAsync(Guid runId, ReplayRequest? request = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            Post($"v1/runs/{runId:D}/replay", request ?? new ReplayRequest(), Outgoing.ReplayRequest), ConsensusJson.Default.ReplayReport, cancellationToken);
}
