using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Auth;

/// <summary>An OpenID Connect provider on a real port: a discovery document, an RSA key, and tokens signed with it.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string Audience = "consensus";

    private readonly CannedApi _server;

    private bool _isGone;

    private IdentityProvider(CannedApi server)
    {
        _server = server;
        Issuer = server.Address.GetLeftPart(UriPartial.Authority);
    }

    public RsaSecurityKey Key { get; } = new(RSA.Create(2048)) { KeyId = "one" };

    public string Issuer { get; }

    public Dictionary<string, string> Settings => new() { ["Auth:Jwt:Authority"] = Issuer, ["Auth:Jwt:Audience"] = Audience };

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider(await CannedApi.StartAsync());
        provider._server
            .On("GET /.well-known/openid-configuration", 200, JsonSerializer.Serialize(new { issuer = provider.Issuer, jwks_uri = provider.Issuer + "/keys" }))
            .On("GET /keys", 200, Keys(provider.Key));
        return provider;
    }

    /// <summary>A token of this provider; each argument is a way in which it can be wrong.</summary>
    public string Token(
        string? subject = "ada", string scopes = "run read", string? audience = Audience, string? issuer = null, TimeSpan? expires = null, SecurityKey? key = null,
        string scopeClaim = "scope", string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var now = DateTime.UtcNow;
        var end = now + (expires ?? TimeSpan.FromMinutes(5));
        var claims = new Dictionary<string, object> { [scopeClaim] = scopes };
        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Claims = claims,
            IssuedAt = end - TimeSpan.FromHours(1),
            NotBefore = end - TimeSpan.FromHours(1),
            Expires = end,
            SigningCredentials = new SigningCredentials(key ?? Key, algorithm),
        });
    }

    public ValueTask DisposeAsync()
    {
        if (_isGone)
        {
            return ValueTask.CompletedTask;
        }

        _isGone = true;
        return _server.DisposeAsync();
    }

    private static string Keys(RsaSecurityKey key)
    {
        var open = key.Rsa.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = key.KeyId, alg = "RS256", n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } },
        });
    }
}
