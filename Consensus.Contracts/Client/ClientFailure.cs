using System.Net;
using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Client;

/// <summary>Turns whatever went wrong into a <see cref="ConsensusApiException"/>.</summary>
internal static class ClientFailure
{
    /// <summary>
    /// Whether an exception is a failure of the call; a caller's own cancellation and programming errors are not.
    /// Anything else is: handlers in the HTTP client's pipeline throw exceptions of their own.
    /// </summary>
    public static bool IsFailure(Exception exception, CancellationToken callerGone) => exception switch
    {
        OperationCanceledException => !callerGone.IsCancellationRequested,
        ArgumentException or InvalidOperationException => false,
        _ => true,
    };

    public static ConsensusApiException From(Exception exception, Uri? address)
    {
        var (code, title, detail) = exception switch
        {
            JsonException => (ClientErrorCodes.UnexpectedResponse, "The response is not what the API sends.", exception.Message),
            OperationCanceledException => (ClientErrorCodes.TimedOut, "The response took longer than the client waits.", exception.GetBaseException().Message),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError,
            } => (ClientErrorCodes.Unreachable, "The API cannot be reached.", exception.GetBaseException().Message),
            _ => (ClientErrorCodes.ConnectionLost, "The connection to the API broke.", exception.GetBaseException().Message),
        };
        return new ConsensusApiException(Make(code, title, 0, detail, address, retryable: exception is not JsonException), exception);
    }

    /// <summary>Reads the failure from a response: problem details where it has them, else what little can be known.</summary>
    public static async Task<ConsensusApiException> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (JsonSerializer.Deserialize(body, ConsensusJson.Default.ProblemBody) is { } problem)
            {
                return new ConsensusApiException(problem);
            }
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            // A proxy's page, another server's error, or a body that broke off: described below by its status.
        }

        return Unexpected(response, $"HTTP {(int)response.StatusCode} {response.ReasonPhrase} with a body that is not this API's.");
    }

    public static ConsensusApiException Unexpected(HttpResponseMessage response, string detail) => new(Make(
        ClientErrorCodes.UnexpectedResponse,
        "The response is not what the API sends.",
        (int)response.StatusCode,
        detail,
        response.RequestMessage?.RequestUri,
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout));

    public static ConsensusApiException CutShort(Uri? address) =>
        new(Make(ClientErrorCodes.ConnectionLost, "The connection to the API broke.", 0, "The stream ended before its last event.", address, retryable: true));

    public static ConsensusApiException Undecided(Uri? address) => new(Make(
        ClientErrorCodes.UnexpectedResponse, "The response is not what the API sends.", 0, "The stream ended with neither a verdict nor an error.", address, retryable: false));

    private static ProblemBody Make(string code, string title, int status, string detail, Uri? address, bool retryable) => new()
    {
        Type = $"urn:consensus:client-error:{code}",
        Title = title,
        Status = status,
        Detail = detail,
        Instance = address?.GetLeftPart(UriPartial.Path),
        Code = code,
        Retryable = retryable,
    };
}
