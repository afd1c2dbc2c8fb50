using System.Security.Claims;

namespace Consensus.ApiService.Auth;

/// <summary>Who is calling, as far as it decides what they see.</summary>
/// <param name="KeyId">The key's name; <c>null</c> without one.</param>
/// <param name="SeesAll">Whether the runs of every key are visible: to <c>admin</c>, and to whoever sits at a machine that needs no key.</param>
internal sealed record Caller(string? KeyId, bool SeesAll)
{
    public const string ScopeClaim = "scope";

    /// <summary>The filter of run look-ups: <c>null</c> for all.</summary>
    public string? Owner => SeesAll ? null : KeyId;

    public static Caller Of(HttpContext http)
    {
        var keyId = http.User.Identity?.Name;
        return new Caller(keyId, keyId is null || http.User.HasClaim(ScopeClaim, Scopes.Admin));
    }

    public static ClaimsPrincipal Principal(string scheme, string? keyId, IEnumerable<string> scopes)
    {
        var claims = scopes.Select(s => new Claim(ScopeClaim, s));
        return new ClaimsPrincipal(new ClaimsIdentity(keyId is null ? claims : claims.Append(new Claim(ClaimTypes.Name, keyId)), scheme));
    }
}
