using System.Security.Cryptography;
using Consensus.ApiService.Hosting;
using Consensus.ServiceDefaults.Http;
using Microsoft.IdentityModel.Tokens;

namespace Consensus.ApiService.Auth.Tokens;

/// <summary>Whose JSON Web Tokens are taken: the section <c>Auth:Jwt</c>.</summary>
/// <param name="Authority">The OpenID Connect provider whose discovery document names issuer and keys; <c>null</c> with keys of the configuration.</param>
/// <param name="Issuer">Who must have issued a token; <c>null</c>: whom the discovery document names.</param>
/// <param name="Keys">The public keys of the configuration; empty with an authority.</param>
/// <param name="Audience">Whom a token must be meant for.</param>
/// <param name="ScopeClaims">Where a token has its scopes, each a text with spaces or a list.</param>
/// <param name="ScopePrefix">What scopes of this API begin with; others are not looked at.</param>
/// <param name="NameClaim">Where a token has who it is about.</param>
/// <param name="ClockSkew">How far clocks may be apart.</param>
internal sealed record TokenSettings(
    Uri? Authority, string? Issuer, IReadOnlyList<SecurityKey> Keys, string Audience, IReadOnlyList<string> ScopeClaims,
    string ScopePrefix, string NameClaim, TimeSpan ClockSkew)
{
    private const string Section = "Auth:Jwt";
    private const int DefaultSkewSeconds = 30;
    private const int MostSkewSeconds = 300;

    private static readonly string[] DefaultScopeClaims = ["scope", "scp", "roles"];

    /// <summary>The settings; <c>null</c> where no tokens are taken.</summary>
    /// <exception cref="StartRefusedException">The section is wrong; the message names every fault.</exception>
    public static TokenSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists())
        {
            return null;
        }

        var faults = new List<string>();
        var authority = AuthorityOf(section["Authority"], faults);
        var keys = section.GetSection("SigningKeys").GetChildren().Select(key => Key(key, faults)).OfType<SecurityKey>().ToArray();
        var hasKeys = section.GetSection("SigningKeys").Exists();
        var issuer = NullIfBlank(section["Issuer"]);
        if (string.IsNullOrWhiteSpace(section["Authority"]) == !hasKeys)
        {
            faults.Add($"{Section} needs either Authority or Issuer with SigningKeys.");
        }

        if (hasKeys && issuer is null)
        {
            faults.Add($"{Section}:SigningKeys need {Section}:Issuer.");
        }

        var audience = NullIfBlank(section["Audience"]);
        if (audience is null)
        {
            faults.Add($"{Section}:Audience is missing: without it a token for any other service would do here.");
        }

        var skew = section.GetValue("ClockSkewSeconds", DefaultSkewSeconds);
        if (skew is < 0 or > MostSkewSeconds)
        {
            faults.Add($"{Section}:ClockSkewSeconds must be 0 to {MostSkewSeconds}.");
        }

        if (faults.Count > 0)
        {
            throw new StartRefusedException(string.Join(' ', faults));
        }

        return new TokenSettings(
            authority, issuer, keys, audience!, NullIfBlank(section["ScopeClaim"]) is { } claim ? [claim] : DefaultScopeClaims,
            section["ScopePrefix"] ?? "", NullIfBlank(section["NameClaim"]) ?? "sub", TimeSpan.FromSeconds(skew));
    }

    private static Uri? AuthorityOf(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var authority)
            && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && LoopbackName.Is(authority.Host))))
        {
            return authority;
        }

        faults.Add($"{Section}:Authority must be an https address (http only on this machine).");
        return null;
    }

    /// <summary>A public key in PEM. A shared secret is not taken: whoever can check tokens with it can make them.</summary>
    private static SecurityKey? Key(IConfigurationSection section, List<string> faults)
    {
        var pem = section.Value ?? "";
        if (pem.Contains("-----BEGIN PUBLIC KEY-----", StringComparison.Ordinal) || pem.Contains("-----BEGIN RSA PUBLIC KEY-----", StringComparison.Ordinal))
        {
            foreach (var read in (Func<string, SecurityKey>[])[Rsa, Ecdsa])
            {
                try
                {
                    return read(pem);
                }
                catch (Exception fault) when (fault is ArgumentException or CryptographicException)
                {
                    // Of the other kind, or of none.
                }
            }
        }

        faults.Add($"{section.Path} must be an RSA or ECDSA public key in PEM.");
        return null;
    }

    private static RsaSecurityKey Rsa(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new RsaSecurityKey(rsa);
    }

    private static ECDsaSecurityKey Ecdsa(string pem)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(pem);
        return new ECDsaSecurityKey(ecdsa);
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
