using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;
using Microsoft.AspNetCore.Hosting;

namespace Consensus.ApiService.Tests.Security;

/// <summary>What the table of <c>docs/security.md</c> says is sent, is.</summary>
public sealed partial class ResponseHeaderTests(SharedApi shared)
{
    private static readonly (string Response, string Header, string Value)[] Table =
        [.. Row().Matches(Repository.Read("docs/security.md")).Select(m => (m.Groups["response"].Value, m.Groups["header"].Value, m.Groups["value"].Value))];

    [Theory]
    [InlineData("/v1/strategies", 200)]
    [InlineData("/v1/runs?limit=none", 400)]
    [InlineData("/v1/runs/none", 404)]
    [InlineData("/v1/nowhere", 404)]
    [InlineData("/V1/strategies", 200)]
    [InlineData("/openai/v1/models", 200)]
    [InlineData("/openai/v1/nowhere", 404)]
    [InlineData("/mcp/nowhere", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/health", 200)]
    [InlineData("/ready", 200)]
    [InlineData("/metrics", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/docs", 200)]
    [InlineData("/docs/scalar.js", 200)]
    public async Task EveryResponseHasTheHeadersOfTheTable(string path, int status)
    {
        using var response = await shared.App.Http.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        AssertHeaders(response, path);
    }

    [Fact]
    public async Task SoDoesAFault()
    {
        using var taken = new TakenPath();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Storage:Folder"] = taken.Path });
        using var client = app.Client(KeyedApi.Key("alice"));
        using var response = await client.GetAsync("/v1/runs");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        AssertHeaders(response, "/v1/runs");
    }

    [Fact]
    public async Task TheNonceOfThePageIsThatOfItsScriptsAndNeverTheSame()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await shared.App.Http.GetAsync("/docs");
            var nonce = Nonce().Match(Header(response, "Content-Security-Policy")!).Groups["nonce"].Value;
            var scripts = Script().Matches(await response.Content.ReadAsStringAsync());
            Assert.InRange(nonce.Length, 16, 100);
            Assert.NotEmpty(scripts);
            Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
            Assert.True(seen.Add(nonce));
        }
    }

    [Theory]
    [InlineData("api.example", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    public async Task OverTlsABrowserIsToldToStayThereUnlessTheNameIsThisMachines(string host, bool told)
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("api.example");
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var asked = new CertificateRequest("CN=api.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) { CertificateExtensions = { names.Build() } };
        using var made = asked.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var app = await ApiApp.StartAsync(
            KeyedApi.Settings, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        using var client = new HttpClient(handler) { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(told ? Table.Single(row => row.Header == "Strict-Transport-Security").Value : null, Header(response, "Strict-Transport-Security"));
    }

    private static void AssertHeaders(HttpResponseMessage response, string path)
    {
        Assert.Equal(8, Table.Length);
        var isPage = path.StartsWith("/docs", StringComparison.Ordinal);
        var isCall = ((string[])["/v1/", "/openai/", "/mcp"]).Any(start => path.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        foreach (var (which, header, value) in Table)
        {
            var applies = which switch
            {
                "API: all" => true,
                "API: all but `/docs`" => !isPage,
                "API: `/docs`" => isPage,
                "API: `/v1`, `/openai` and `/mcp`" => isCall,
                _ => false,
            };
            if (applies)
            {
                var sent = Nonce().Replace(Header(response, header) ?? "", "'nonce-…'");
                // What belongs to the page but has no script of its own has no nonce either.
                Assert.Equal(path == "/docs/scalar.js" ? value.Replace(" 'nonce-…'", "", StringComparison.Ordinal) : value, sent);
            }
        }

        Assert.Null(Header(response, "Server"));
        Assert.Null(Header(response, "Strict-Transport-Security"));
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();

    [GeneratedRegex(@"^\| (?<response>(?:API|all services)[^|]*) \| `(?<header>[A-Za-z-]+)` \| `?(?<value>[^|]*?)`? \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();
}
