using System.Security.Claims;

namespace Consensus.ApiService.Auth;

/// <summary>Who is calling, as far as it decides what they see.</summary>
/// <param name="KeyId">The key's name; <c>null</c> without one.</param>
/// <param name="SeesAll">Whether the runs of every key are visible: to <c>admin</c>, and to whoever sits at a machine that needs no key.</param>
/// <param name="ErasesAll">Whether the runs of every key may be erased: by <c>admin</c> alone.</param>
internal sealed record Caller(string? KeyId, bool SeesAll, bool ErasesAll)
{
    public const string ScopeClaim = "scope";

    /// <summary>The filter of run look-ups: <c>null</c> for all.</summary>
    public string? Owner => SeesAll ? null : KeyId;

    /// <summary>Whether the caller may erase a run of that key: a key its own, and who comes without one those that belong to none.</summary>
    public bool MayErase(string? owner) => ErasesAll || owner == KeyId;

    public static Caller Of(HttpContext http)
    {
        var keyId = http.User.Identity?.Name;
        var isAdmin = http.User.HasClaim(ScopeClaim, Scopes.Admin);
        return new Caller(keyId, SeesAll: keyId is null || isAdmin, ErasesAll: isAdmin);
    }

    public static ClaimsPrincipal Principal(string scheme, string? keyId, IEnumerable<string> scopes)
    {
        // By the identifier sessions of other protocols know whose they are; nobody's must be no key's.
        var claims = scopes.Select(s => new Claim(ScopeClaim, s)).Append(new Claim(ClaimTypes.NameIdentifier, keyId is null ? "keyless" : $"key:{keyId}"));
        return new ClaimsPrincipal(new ClaimsIdentity(keyId is null ? claims : claims.Append(new Claim(ClaimTypes.Name, keyId)), scheme));
    }
}
