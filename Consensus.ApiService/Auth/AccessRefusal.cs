using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Auth;

/// <summary>Why a request that brought something, or nothing, was not let in.</summary>
/// <param name="failure">The reason.</param>
/// <param name="code">The code it is answered with.</param>
/// <param name="detail">What the caller may know of it; <c>null</c>: what the catalogue says.</param>
internal sealed class AccessRefusal(AccessFailure failure, ErrorCode code, string? detail = null) : Exception(code.Code)
{
    /// <summary>The key is not known, expired or revoked: which of them is nobody's business.</summary>
    public static readonly AccessRefusal UnknownKey = new(AccessFailure.UnknownKey, ErrorCatalog.Unauthorized);

    /// <summary>There may be keys, and they cannot be read.</summary>
    public static readonly AccessRefusal KeysUnknown =
        new(AccessFailure.KeysUnknown, ErrorCatalog.RunLogUnavailable, "The keys cannot be read, so that nobody can be let in. Try again in a moment.");

    /// <summary>A token that was not issued for this API, has expired or was forged.</summary>
    public static readonly AccessRefusal WrongToken =
        new(AccessFailure.WrongToken, ErrorCatalog.Unauthorized, "The token is not valid here: its signature, issuer, audience or time is wrong.");

    /// <summary>Tokens cannot be checked now.</summary>
    public static readonly AccessRefusal NoIdentityProvider = new(AccessFailure.IdentityUnavailable, ErrorCatalog.IdentityUnavailable);

    /// <summary>The reason.</summary>
    public AccessFailure Failure => failure;

    /// <summary>The code it is answered with.</summary>
    public ErrorCode Code => code;

    /// <summary>What the caller may know of it.</summary>
    public string? Detail => detail;
}
