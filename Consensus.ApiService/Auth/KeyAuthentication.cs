using System.Text.Encodings.Web;
using Consensus.ApiService.Auth.Tokens;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Keys;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Auth;

/// <summary>Authenticates <c>Authorization: Bearer</c> keys and tokens, and callers on this machine where the rules let them come without.</summary>
internal sealed class KeyAuthentication(
    AccessRules rules, KeyHolder keys, KeyUse use, TokenAuthentication tokens, TimeProvider time,
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        // Where there never was a key there is nothing to compare one with: clients that always send one are taken as callers without.
        if (header.Count == 0 || !rules.HasScheme)
        {
            return Task.FromResult(
                rules.AnonymousScopes is { Count: > 0 } anonymous && AccessRules.IsFromThisMachine(Context) ? Ticket(null, anonymous)
                : rules.IsUnknown ? AuthenticateResult.Fail(AccessRefusal.KeysUnknown)
                : AuthenticateResult.NoResult());
        }

        if (header is not [{ } text] || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || text[Bearer.Length..].Trim() is not { Length: > 0 } credential)
        {
            return Task.FromResult(AuthenticateResult.Fail(AccessRefusal.UnknownKey));
        }

        var now = time.GetUtcNow();
        if (keys.Ring.Find(credential, now) is { } key)
        {
            use.Note(key, now);
            return Task.FromResult(Ticket(key.Name, key.Scopes));
        }

        return tokens.Takes(credential) ? tokens.AuthenticateAsync(Context)
            : Task.FromResult(AuthenticateResult.Fail(keys.IsKnown ? AccessRefusal.UnknownKey : AccessRefusal.KeysUnknown));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = (await HandleAuthenticateOnceSafeAsync()).Failure as AccessRefusal;
        if (refusal is null or { Code.Status: StatusCodes.Status401Unauthorized })
        {
            Response.Headers.WWWAuthenticate = refusal is null ? "Bearer realm=\"consensus\"" : "Bearer realm=\"consensus\", error=\"invalid_token\"";
        }

        var isKeyless = Request.Headers.Authorization.Count == 0 && rules.AnonymousScopes.Count > 0;
        AccessMetrics.Refused(refusal?.Failure ?? (isKeyless ? AccessFailure.NotThisMachine : AccessFailure.NoCredential));
        await new Problem(refusal?.Code ?? ErrorCatalog.Unauthorized, isKeyless
            ? "Without a key only programs on this machine may call, directly and by a loopback name (such as http://localhost)."
            : refusal?.Detail).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        AccessMetrics.Refused(AccessFailure.MissingScope);
        var needed = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).LastOrDefault(p => p is not null);
        return new Problem(ErrorCatalog.Forbidden, $"The scope that is needed: {needed}.").ExecuteAsync(Context);
    }

    private static AuthenticateResult Ticket(string? keyId, IEnumerable<string> scopes) =>
        AuthenticateResult.Success(new AuthenticationTicket(Caller.Principal(SchemeName, keyId, scopes), SchemeName));
}
