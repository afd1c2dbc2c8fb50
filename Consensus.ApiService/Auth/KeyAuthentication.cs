using System.Text.Encodings.Web;
using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Auth;

/// <summary>Authenticates <c>Authorization: Bearer</c> keys, and callers on this machine where the rules let them come without.</summary>
internal sealed class KeyAuthentication(AccessRules rules, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        // Without configured keys there is nothing to compare a key with: clients that always send one are taken as callers without.
        if (header.Count == 0 || rules.Keys.IsEmpty)
        {
            return Task.FromResult(rules.AnonymousScopes.Count > 0 && AccessRules.IsFromThisMachine(Context)
                ? Ticket(null, rules.AnonymousScopes)
                : AuthenticateResult.NoResult());
        }

        var key = header is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? rules.Keys.Find(text[Bearer.Length..].Trim()) : null;
        return Task.FromResult(key is null ? AuthenticateResult.Fail("unknown key") : Ticket(key.Name, key.Scopes));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"consensus\"";
        var isKeyless = Request.Headers.Authorization.Count == 0 && rules.AnonymousScopes.Count > 0;
        return new Problem(ErrorCatalog.Unauthorized, isKeyless
            ? "Without a key only programs on this machine may call, directly and by a loopback name (such as http://localhost)."
            : null).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).LastOrDefault(p => p is not null);
        return new Problem(ErrorCatalog.Forbidden, $"The scope that is needed: {needed}.").ExecuteAsync(Context);
    }

    private static AuthenticateResult Ticket(string? keyId, IEnumerable<string> scopes) =>
        AuthenticateResult.Success(new AuthenticationTicket(Caller.Principal(SchemeName, keyId, scopes), SchemeName));
}
