namespace Consensus.Contracts.Client;

/// <summary>The codes of failures that happen on the caller's side of the wire, where no problem details came back from the API.</summary>
public static class ClientErrorCodes
{
    /// <summary>Nothing answered at the address: refused, not resolved, TLS failed.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The connection broke in the middle of a response or before a stream's last event.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>The HTTP client's own time limit passed.</summary>
    public const string TimedOut = "client_timeout";

    /// <summary>Something answered, but not as this API does: another server or a proxy stands at the address, or versions do not match.</summary>
    public const string UnexpectedResponse = "unexpected_response";
}
