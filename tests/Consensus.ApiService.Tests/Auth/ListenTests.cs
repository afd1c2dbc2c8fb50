using System.Net;
using System.Net.Http.Headers;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Auth;

/// <summary>Where the service may listen, and who may come without a key.</summary>
public sealed class ListenTests
{
    private static Dictionary<string, string> WithKey => new() { ["Auth:Keys:me:Key"] = KeyedApi.Key("me"), ["Auth:Keys:me:Scopes"] = "run,read" };

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://*:0")]
    [InlineData("urls", "http://127.0.0.1:0;http://[::]:0")]
    [InlineData("urls", "http://example.com:0")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://0.0.0.0:0")]
    public async Task WithoutKeysOpenAddressesAreRefusedBeforeTheStart(string setting, string address)
    {
        var refused = await RefusalAsync(new() { [setting] = address });
        Assert.Contains("without keys", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOpenAddressSetInCodeIsRefusedToo()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-api-");
        await using var app = ApiApp.Build(folder.FullName, null, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0)));
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("0.0.0.0", refused.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AnonymousLoopbackRefusesOpenAddressesAlthoughThereAreKeys()
    {
        var refused = await RefusalAsync(new(WithKey) { ["Auth:Anonymous"] = "loopback", ["urls"] = "http://0.0.0.0:0" });
        Assert.Contains("Auth:Anonymous=loopback", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth:Anonymous", "everybody", "Auth:Anonymous")]
    [InlineData("Auth:Keys:a:Key", "short", "20 characters")]
    [InlineData("Auth:Keys:a:Hash", "sha256:abc", "64 hexadecimal digits")]
    [InlineData("Auth:Keys:a:Scopes", "run", "neither Hash nor Key")]
    [InlineData("Auth:Keys:me:Scopes", "run,fly", "not fly")]
    [InlineData("Auth:Keys:me:Hash", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "both Hash and Key")]
    [InlineData("Auth:Keys:a:Key", "me-0123456789-abcdefghij", "the same key")]
    public async Task AWrongSettingRefusesTheStartAndIsNamed(string setting, string value, string reason)
    {
        var settings = WithKey;
        settings["Auth:Keys:a:Scopes"] = "run";
        settings.Remove(setting.StartsWith("Auth:Keys:a:", StringComparison.Ordinal) ? "" : "Auth:Keys:a:Scopes");
        settings[setting] = value;
        Assert.Contains(reason, await RefusalAsync(settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutKeysTheStartSaysSoInOneLineAndEverybodyHereMayCall()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Single(app.Log.Lines, l => l.Contains("No keys are configured", StringComparison.Ordinal));
        using var client = app.Client("any key is taken, as there is none to compare with");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/models")).StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task WithoutAKeyWhatComesFromElsewhereIsRefused(string header, string value)
    {
        await using var app = await ApiApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await app.Http.SendAsync(request);
        Assert.Contains("this machine", (await response.ProblemAsync(ErrorCatalog.Unauthorized)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnonymousLoopbackMayRunAndReadEveryRunButAWrongKeyStaysWrong()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(WithKey) { ["Auth:Anonymous"] = "loopback" });
        using var keyed = app.Client(KeyedApi.Key("me"));
        using var asked = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, keyed);
        var run = await asked.RunAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"/v1/runs/{run.RunId}")).StatusCode);
        using var wrong = app.Client("a-wrong-key-0123456789");
        await (await wrong.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task WhereOthersCanConnectMetricsNeedAKeyAndProbesDoNot()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(WithKey) { ["Auth:Keys:runner:Key"] = KeyedApi.Key("runner"), ["Auth:Keys:runner:Scopes"] = "run" });
        OpenToOthers(app);
        using var client = app.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyedApi.Key("runner"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/metrics")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyedApi.Key("me"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task MetricsCanBeOpenedByAFlag()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(WithKey) { ["Auth:OpenMetrics"] = "true" });
        OpenToOthers(app);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/metrics")).StatusCode);
    }

    /// <summary>As after a start on an address that other machines reach; no test opens one.</summary>
    private static void OpenToOthers(ApiApp app)
    {
        var guard = app.Services.GetRequiredService<LoopbackGuard>();
        Assert.True(guard.AllLoopback);
        guard.Admit(new IPEndPoint(IPAddress.Any, 0));
        Assert.False(guard.AllLoopback);
    }

    private static async Task<string> RefusalAsync(Dictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-api-");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(async () =>
        {
            await using var app = ApiApp.Build(folder.FullName, settings);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });
        folder.Delete(recursive: true);
        return refused.Message;
    }
}
