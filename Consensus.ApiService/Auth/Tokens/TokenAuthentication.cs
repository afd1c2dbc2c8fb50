using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Auth.Tokens;

/// <summary>Takes the JSON Web Tokens of one issuer in place of keys. What they are about owns its runs as <c>jwt:{subject}</c>, a name
/// that no key can have.</summary>
internal sealed class TokenAuthentication(AccessRules rules, IOptionsMonitor<JwtBearerOptions> options, TimeProvider time)
{
    public const string SchemeName = "Jwt";

    private const string OwnerPrefix = "jwt:";
    private const string HashPrefix = "sha256:";
    private const int SubjectCharacters = 128;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _notBefore;

    /// <summary>Whether a credential is to be read as a token: three parts of which the first is a JSON object. A key of this system never is.</summary>
    public bool Takes(string credential) =>
        rules.Tokens is not null && !credential.StartsWith(KeySecret.Prefix, StringComparison.Ordinal)
        && credential.StartsWith("eyJ", StringComparison.Ordinal) && credential.AsSpan().Count('.') == 2;

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext http)
    {
        if (!await IsProviderThereAsync(http.RequestAborted))
        {
            return AuthenticateResult.Fail(AccessRefusal.NoIdentityProvider);
        }

        var result = await http.AuthenticateAsync(SchemeName);
        return result.Succeeded && result.Principal.FindFirst(rules.Tokens!.NameClaim)?.Value is { Length: > 0 } subject
            ? AuthenticateResult.Success(new AuthenticationTicket(
                Caller.Principal(KeyAuthentication.SchemeName, OwnerOf(subject), ScopesOf(result.Principal, rules.Tokens)), KeyAuthentication.SchemeName))
            : AuthenticateResult.Fail(AccessRefusal.WrongToken);
    }

    /// <summary>The name under which runs belong to a subject: the subject itself where it is short and plain, else a hash of it.</summary>
    public static string OwnerOf(string subject) =>
        subject.Length <= SubjectCharacters && !subject.StartsWith(HashPrefix, StringComparison.Ordinal) && subject.All(static c => c is > ' ' and <= '~')
            ? OwnerPrefix + subject
            : OwnerPrefix + HashPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    /// <summary>The scopes of this API that a token names, in texts with spaces or in lists.</summary>
    public static IEnumerable<string> ScopesOf(ClaimsPrincipal token, TokenSettings settings) => token.Claims
        .Where(claim => settings.ScopeClaims.Contains(claim.Type, StringComparer.Ordinal))
        .SelectMany(static claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(named => named.StartsWith(settings.ScopePrefix, StringComparison.Ordinal))
        .Select(named => named[settings.ScopePrefix.Length..])
        .Where(Scopes.All.Contains).Distinct();

    /// <summary>Whether the provider's keys are known or can be had. After a failure it is left alone for a while, however many tokens come.</summary>
    private async Task<bool> IsProviderThereAsync(CancellationToken cancellationToken)
    {
        if (rules.Tokens!.Authority is null)
        {
            return true;
        }

        if (time.GetUtcNow().Ticks < Interlocked.Read(ref _notBefore))
        {
            return false;
        }

        try
        {
            await options.Get(SchemeName).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is (no connection, no document, a document of another kind), tokens cannot be checked.
            Interlocked.Exchange(ref _notBefore, (time.GetUtcNow() + Pause).Ticks);
            return false;
        }
    }
}
