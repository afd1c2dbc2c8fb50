using Consensus.ApiService.Http;
using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>An evidence record as it is sent, with its address where it is stored.</summary>
internal sealed class EvidenceResult(EvidenceRecord record) : IResult
{
    private const string Json = "application/json; charset=utf-8";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (record.Links.TryGetValue("self", out var self))
        {
            httpContext.Response.Headers.Location = self;
        }

        return record is EvidenceResponse response
            ? httpContext.Response.WriteAsJsonAsync(response, WireJson.Default.EvidenceResponse, Json, httpContext.RequestAborted)
            : httpContext.Response.WriteAsJsonAsync(record, WireJson.Default.EvidenceRecord, Json, httpContext.RequestAborted);
    }
}
