namespace Consensus.ServiceDefaults.Http;

/// <summary>
/// Brings a read's body in before it is handed on, so that the time limits and repeats around it cover headers and body alike.
/// A stream of events is handed on as it comes, and so is the answer to anything that is not a read.
/// </summary>
internal sealed class WholeReads : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!SafeRequest.Is(request) || response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return response;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
