using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Consensus.ApiService.Auth.Tokens;

/// <summary>Registers what checks tokens. The package's own registration would bring data protection with it, which nothing here needs.</summary>
internal static class TokenServices
{
    /// <summary>Signatures by a private key that only the issuer has: none is not among them, nor is a shared secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(5);

    public static void AddTokens(this IServiceCollection services, TokenSettings? settings)
    {
        services.AddSingleton<TokenAuthentication>();
        if (settings is null)
        {
            return;
        }

        services.AddTransient<JwtBearerHandler>();
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        services.AddOptions<JwtBearerOptions>(TokenAuthentication.SchemeName).Configure(options => Configure(options, settings));
        services.Configure<AuthenticationOptions>(options => options.AddScheme<JwtBearerHandler>(TokenAuthentication.SchemeName, displayName: null));
    }

    private static void Configure(JwtBearerOptions options, TokenSettings settings)
    {
        options.Authority = settings.Authority?.ToString();
        options.RequireHttpsMetadata = settings.Authority?.Scheme == Uri.UriSchemeHttps;
        options.BackchannelTimeout = ProviderTimeout;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidIssuer = settings.Issuer,
            IssuerSigningKeys = settings.Keys.Count > 0 ? settings.Keys : null,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            ClockSkew = settings.ClockSkew,
            NameClaimType = settings.NameClaim,
        };
    }
}
