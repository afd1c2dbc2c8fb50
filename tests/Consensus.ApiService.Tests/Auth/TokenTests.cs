using System.Net;
using System.Security.Cryptography;
using System.Text;
using Consensus.ApiService.Auth.Tokens;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Consensus.ApiService.Tests.Auth;

/// <summary>JSON Web Tokens of a real provider in place of keys.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private IdentityProvider _provider = null!;
    private ApiApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _app = await ApiApp.StartAsync(KeyedApi.Settings.Concat(_provider.Settings).ToDictionary());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task ATokenMayDoWhatItsScopesSayAndItsRunsBelongToItsSubject()
    {
        using var ada = _app.Client(_provider.Token("ada"));
        using var again = _app.Client(_provider.Token("ada"));
        using var boole = _app.Client(_provider.Token("boole"));
        using var admin = _app.Client(_provider.Token("curie", "read admin"));

        using var asked = await _app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, ada);
        var run = (await asked.RunAsync()).RunId;

        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boole.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/v1/runs/{run}")).StatusCode);
        Assert.Contains(_app.Log.Lines, line => line.Contains("for key jwt:ada", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scope", "run read")]
    [InlineData("scp", "openid run profile")]
    [InlineData("roles", "run")]
    public async Task ScopesAreFoundWhereProvidersPutThem(string claim, string scopes)
    {
        using var client = _app.Client(_provider.Token(scopes: scopes, scopeClaim: claim));
        using var asked = await _app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, client);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    [Fact]
    public async Task ATokenWithoutTheScopeIsForbiddenAndTheScopeNamed()
    {
        using var reader = _app.Client(_provider.Token(scopes: "read"));
        var problem = await (await _app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, reader)).ProblemAsync(ErrorCatalog.Forbidden);
        Assert.Contains("run", problem.Detail, StringComparison.Ordinal);
        using var none = _app.Client(_provider.Token(scopes: "openid email"));
        await (await none.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Forbidden);
    }

    public static TheoryData<string> Faults => ["signature", "audience", "no audience", "issuer", "expired", "none", "shared secret", "no subject", "changed", "cut"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ATokenThatIsWrongInOnePointIsRefusedAndNothingOfItIsLogged(string fault)
    {
        var good = _provider.Token();
        using var stranger = RSA.Create(2048);
        var token = fault switch
        {
            "signature" => _provider.Token(key: new RsaSecurityKey(stranger) { KeyId = "one" }),
            "audience" => _provider.Token(audience: "somebody-else"),
            "no audience" => _provider.Token(audience: null),
            "issuer" => _provider.Token(issuer: "https://issuer.example"),
            "expired" => _provider.Token(expires: TimeSpan.FromMinutes(-2)),
            "none" => $"{Part("""{"alg":"none","typ":"JWT"}""")}.{good.Split('.')[1]}.",
            // The provider's public key, which everybody knows, taken as a shared secret.
            "shared secret" => _provider.Token(key: new SymmetricSecurityKey(_provider.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" }, algorithm: SecurityAlgorithms.HmacSha256),
            "no subject" => _provider.Token(subject: null),
            "changed" => $"{good.Split('.')[0]}.{Part(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(good.Split('.')[1])).Replace("ada", "eve", StringComparison.Ordinal))}.{good.Split('.')[2]}",
            _ => good[..^20],
        };
        using var client = _app.Client(token);
        using var response = await client.GetAsync("/v1/models");
        await response.ProblemAsync(ErrorCatalog.Unauthorized);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.Single().Parameter, StringComparison.Ordinal);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeysAreTakenBesideTokens()
    {
        using var alice = _app.Client(KeyedApi.Key("alice"));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/models")).StatusCode);
    }

    [Theory]
    [InlineData("csk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    [InlineData("csk_eyJhbGciOi.eyJzdWIi.c2ln")]
    public void AKeyNeverGoesToWhatReadsTokens(string key) => Assert.False(_app.Services.GetRequiredService<TokenAuthentication>().Takes(key));

    [Fact]
    public async Task WithoutTheProviderTokensWaitAndKeysDoNot()
    {
        var token = _provider.Token();
        var settings = KeyedApi.Settings.Concat(_provider.Settings).ToDictionary();
        await _provider.DisposeAsync();
        await using var app = await ApiApp.StartAsync(settings);
        using var ada = app.Client(token);
        await (await ada.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.IdentityUnavailable);
        using var alice = app.Client(KeyedApi.Key("alice"));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/models")).StatusCode);
    }

    [Fact]
    public async Task ATokenIsCheckedWithKeysOfTheConfigurationTooAndAPrefixTellsItsScopes()
    {
        var settings = new Dictionary<string, string>
        {
            ["Auth:Jwt:Issuer"] = "https://issuer.example",
            ["Auth:Jwt:Audience"] = IdentityProvider.Audience,
            ["Auth:Jwt:SigningKeys:0"] = _provider.Key.Rsa.ExportSubjectPublicKeyInfoPem(),
            ["Auth:Jwt:ScopePrefix"] = "consensus:",
        };
        await using var app = await ApiApp.StartAsync(settings);
        using var ada = app.Client(_provider.Token(issuer: "https://issuer.example", scopes: "consensus:read run"));
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("/v1/models")).StatusCode);
        await (await app.PostAsync("/v1/consensus", "{}", ada)).ProblemAsync(ErrorCatalog.Forbidden);
        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Theory]
    [InlineData("ada", "jwt:ada")]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82", "jwt:auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("a\nb", "jwt:sha256:")]
    [InlineData("sha256:00", "jwt:sha256:")]
    public void ASubjectThatIsLongOrOddIsNamedByItsHash(string subject, string begins)
    {
        var owner = TokenAuthentication.OwnerOf(subject);
        Assert.StartsWith(begins, owner, StringComparison.Ordinal);
        Assert.True(begins.EndsWith(':') ? owner.Length == begins.Length + 64 : owner == begins);
        Assert.Equal("jwt:sha256:".Length + 64, TokenAuthentication.OwnerOf(new string('x', 500)).Length);
    }

    public static TheoryData<string, string, string> WrongSettings => new()
    {
        { "Auth:Jwt:Audience", "", "Audience is missing" },
        { "Auth:Jwt:Authority", "http://issuer.example", "must be an https address" },
        { "Auth:Jwt:Authority", "", "needs either Authority or Issuer" },
        { "Auth:Jwt:SigningKeys:0", "not a key", "public key in PEM" },
        { "Auth:Jwt:ClockSkewSeconds", "4000", "0 to 300" },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task AWrongSettingRefusesTheStartAndIsNamed(string setting, string value, string reason)
    {
        var settings = new Dictionary<string, string> { ["Auth:Jwt:Authority"] = "https://issuer.example", ["Auth:Jwt:Audience"] = "consensus", [setting] = value };
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(settings));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static string Part(string json) => Base64UrlEncoder.Encode(json);
}
