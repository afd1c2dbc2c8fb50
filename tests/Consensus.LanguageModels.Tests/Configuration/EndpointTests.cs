using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels.Tests.Configuration;

/// <summary>Which addresses a provider may have.</summary>
public sealed class EndpointTests
{
    private const string LinkLocal = "link-local";
    private const string Plain = "plain http";
    private const string NotHttp = "absolute http";

    [Theory]
    [InlineData("https://models.example/v1")]
    [InlineData("https://192.168.1.7/v1")]
    [InlineData("https://170.254.1.1/v1")]
    [InlineData("http://localhost:1234/v1")]
    [InlineData("http://127.0.0.9:1234/v1")]
    [InlineData("http://[::1]:1234/v1")]
    [InlineData("http://gpu-box:8000/v1", "Providers:box:AllowPlainHttp", "true")]
    [InlineData("http://gpu-box:8000/v1", "services:gpu-box:http:0", "http://10.0.0.7:8000")]
    [InlineData("https+http://gpu-box/v1", "services:gpu-box:http:0", "http://10.0.0.7:8000")]
    [InlineData("https://169.254.10.20/v1", "Network:AllowLinkLocal", "true")]
    public async Task AnAddressThatIsSafeOrAllowedIsTaken(string endpoint, string setting = "Providers:box:Enabled", string value = "true") =>
        Assert.Contains((await CatalogAsync(endpoint, setting, value)).Models, m => m.Id == "box/m");

    [Theory]
    [InlineData("http://gpu-box:8000/v1", Plain)]
    [InlineData("http://10.0.0.7/v1", Plain)]
    [InlineData("http://localhost.evil.example/v1", Plain)]
    [InlineData("https+http://gpu-box/v1", Plain)]
    [InlineData("http+https://gpu-box/v1", Plain)]
    [InlineData("https://169.254.169.254/latest/meta-data", LinkLocal)]
    [InlineData("https://2852039166/", LinkLocal)]
    [InlineData("https://0xA9.0xFE.0xA9.0xFE/", LinkLocal)]
    [InlineData("https://0251.0376.0251.0376/", LinkLocal)]
    [InlineData("https://[fe80::1]/v1", LinkLocal)]
    [InlineData("https://[febf::1%25eth0]/v1", LinkLocal)]
    [InlineData("https://[::ffff:169.254.169.254]/v1", LinkLocal)]
    [InlineData("https://[64:ff9b::169.254.169.254]/v1", LinkLocal)]
    [InlineData("https://[fd00:ec2::254]/v1", LinkLocal)]
    [InlineData("https://100.100.100.200/", LinkLocal)]
    [InlineData("https://168.63.129.16/", LinkLocal)]
    [InlineData("http://169.254.169.254/", LinkLocal)]
    [InlineData("https://user:secret-of-mine@models.example", "credentials")]
    [InlineData("https://models.example/v1?secret-of-mine=1", "query")]
    [InlineData("https://models.example/v1#secret-of-mine", "fragment")]
    [InlineData("/v1", NotHttp)]
    [InlineData("models.example/v1", NotHttp)]
    [InlineData("file:///etc/passwd", NotHttp)]
    [InlineData("unix:///run/secret-of-mine.sock", NotHttp)]
    [InlineData("gopher://models.example", NotHttp)]
    [InlineData("http://", NotHttp)]
    public async Task AnyOtherEndsTheStartAndTheErrorSaysWhyAndNotWhat(string endpoint, string why)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => CatalogAsync(endpoint));
        var error = Assert.Single(failure.Failures);
        Assert.StartsWith("Providers:box:Endpoint: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-mine", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllowingLinkLocalAddressesAllowsNoPlainHttp()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => CatalogAsync("http://169.254.169.254/", "Network:AllowLinkLocal", "true"));
        Assert.Contains(Plain, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static async Task<ModelCatalog> CatalogAsync(string endpoint, params string[] more)
    {
        (string, string?)[] further = more.Length == 0 ? [] : [(more[0], more[1])];
        await using var host = new ModelHost(
            [("Providers:box:Kind", ProviderKind.OpenAi), ("Providers:box:Endpoint", endpoint), ("Providers:box:Models:0", "m"), .. further]);
        return host.Services.GetRequiredService<ModelCatalog>();
    }
}
