using System.Globalization;
using System.Text.Json.Nodes;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Versioning;
using Consensus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>What is said of a version or an operation that is to go.</summary>
public sealed class DeprecationTests
{
    private const string Page = "https://docs.example/v2";

    private static readonly string[] Links = [$"<{Page}>; rel=\"deprecation\"; type=\"text/html\"", $"<{Page}>; rel=\"sunset\"; type=\"text/html\""];
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    private static readonly DateTimeOffset Yesterday = Now.AddDays(-1);
    private static readonly DateTimeOffset NextYear = Now.AddYears(1);

    [Fact]
    public async Task ADeprecatedVersionSaysSoInEveryAnswer()
    {
        var settings = Settings(Yesterday, NextYear, Page);
        settings["Limits:RequestsPerMinute"] = "1";
        await using var app = await ApiApp.StartAsync(settings);
        using var reader = app.Client(KeyedApi.Key("read"));
        using var alice = app.Client(KeyedApi.Key("alice"));
        var answers = new List<HttpResponseMessage>
        {
            await app.Http.GetAsync("/v1/runs"),
            await reader.DeleteAsync("/v1/runs/none"),
            await reader.GetAsync("/v1/runs"),
            await alice.GetAsync("/v1/strategies"),
            await app.Http.GetAsync("/v1/nowhere"),
            await app.Http.DeleteAsync("/v1/strategies"),
        };

        Assert.Equal([401, 403, 429, 200, 404, 405], answers.Select(a => (int)a.StatusCode));
        foreach (var answer in answers)
        {
            Assert.Equal([$"@{Yesterday.ToUnixTimeSeconds()}"], answer.Headers.GetValues("Deprecation"));
            Assert.Equal([NextYear.ToString("R", CultureInfo.InvariantCulture)], answer.Headers.GetValues("Sunset"));
            Assert.Equal(Links, answer.Headers.GetValues("Link"));
            Assert.Equal(["1.0"], answer.Headers.GetValues("api-deprecated-versions"));
            Assert.False(answer.Headers.Contains("api-supported-versions"));
            answer.Dispose();
        }

        foreach (var elsewhere in new[] { "/openai/v1/models", "/health", "/openapi/v1.json", "/v2/runs" })
        {
            using var response = await app.Http.GetAsync(elsewhere);
            Assert.False(response.Headers.Contains("Deprecation"));
        }
    }

    [Fact]
    public async Task AVersionThatIsToBeDeprecatedIsSupportedUntilThen()
    {
        await using var app = await ApiApp.StartAsync(Settings(Now.AddDays(1)));
        using var response = await app.Http.GetAsync("/v1/nowhere");
        Assert.Equal([$"@{Now.AddDays(1).ToUnixTimeSeconds()}"], response.Headers.GetValues("Deprecation"));
        Assert.Equal(["1.0"], response.Headers.GetValues("api-supported-versions"));
        Assert.False(response.Headers.Contains("Sunset"));
        Assert.False(response.Headers.Contains("Link"));
    }

    [Fact]
    public async Task AfterItsSunsetAVersionIsServedAndTheLogSaysToWhom()
    {
        await using var app = await ApiApp.StartAsync(Settings(Yesterday.AddDays(-1), Yesterday));
        using var alice = app.Client(KeyedApi.Key("alice"));
        for (var i = 0; i < 3; i++)
        {
            using var response = await alice.GetAsync("/v1/strategies");
            Assert.Equal(200, (int)response.StatusCode);
        }

        await alice.GetAsync("/v1/nowhere");
        await Poll.UntilAsync(() => Told(app).Length > 0);
        var line = Assert.Single(Told(app));
        Assert.StartsWith("Warning", line, StringComparison.Ordinal);
        Assert.Contains("Key alice uses GET /v1/strategies", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOperationAloneIsDeprecatedByItsRoute()
    {
        await using var app = await ApiApp.StartAsync(map: Map);
        using var old = await app.Http.GetAsync("/v1/old");
        Assert.Equal([$"@{Yesterday.ToUnixTimeSeconds()}"], old.Headers.GetValues("Deprecation"));
        Assert.Equal([NextYear.ToString("R", CultureInfo.InvariantCulture)], old.Headers.GetValues("Sunset"));
        Assert.Equal(Links, old.Headers.GetValues("Link"));
        Assert.Equal(["1.0"], old.Headers.GetValues("api-supported-versions"));
        await Poll.UntilAsync(() => Told(app).Length > 0);
        Assert.StartsWith("Information", Told(app)[0], StringComparison.Ordinal);
        Assert.Contains("GET /v1/old", Told(app)[0], StringComparison.Ordinal);

        using var other = await app.Http.GetAsync("/v1/strategies");
        Assert.False(other.Headers.Contains("Deprecation"));

        var paths = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        Assert.Equal(["/v1/old"], paths.Where(path => path.Value!.AsObject().Any(o => (bool?)o.Value!["deprecated"] == true)).Select(path => path.Key));
    }

    [Fact]
    public async Task OfAnOperationAndItsVersionTheEarlierDatesHold()
    {
        await using var app = await ApiApp.StartAsync(Settings(Now.AddDays(-5), NextYear.AddDays(5), "https://docs.example/all"), map: Map);
        using var old = await app.Http.GetAsync("/v1/old");
        Assert.Equal([$"@{Now.AddDays(-5).ToUnixTimeSeconds()}"], old.Headers.GetValues("Deprecation"));
        Assert.Equal([NextYear.ToString("R", CultureInfo.InvariantCulture)], old.Headers.GetValues("Sunset"));
        Assert.Equal(4, old.Headers.GetValues("Link").Count());
    }

    [Fact]
    public async Task TheDescriptionMarksEveryOperationOfADeprecatedVersion()
    {
        await using var app = await ApiApp.StartAsync(Settings(Yesterday));
        var paths = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        foreach (var (path, operations) in paths)
        {
            var isOurs = path.StartsWith("/v1/", StringComparison.Ordinal);
            Assert.All(operations!.AsObject(), o => Assert.Equal(isOurs, (bool?)o.Value!["deprecated"] == true));
        }
    }

    public static TheoryData<string, string, string, string[]> Refused => new()
    {
        { "2027-01-31", "", "", ["Versioning:V1:Deprecated: '2027-01-31' is no time"] },
        { "2027-01-31T00:00:00", "", "", ["Versioning:V1:Deprecated"] },
        {
            "soon", "later", "http://docs.example",
            ["Versioning:V1:Deprecated: 'soon'", "Versioning:V1:Sunset: 'later'", "Versioning:V1:Link: 'http://docs.example'"]
        },
        { "2027-01-31T00:00:00Z", "2027-01-31T00:00:00+00:01", "", ["Versioning:V1:Sunset lies before Versioning:V1:Deprecated"] },
        { "", "2027-01-31T00:00:00Z", "", ["need Versioning:V1:Deprecated"] },
        { "", "", "/relative", ["Versioning:V1:Link", "need Versioning:V1:Deprecated"] },
        { "2027-01-31T00:00:00Z", "", "https://user:secret@docs.example", ["without credentials"] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task AWrongSettingRefusesTheStartAndAllAreNamed(string deprecated, string sunset, string link, string[] faults)
    {
        var settings = new Dictionary<string, string>
        {
            ["Versioning:V1:Deprecated"] = deprecated,
            ["Versioning:V1:Sunset"] = sunset,
            ["Versioning:V1:Link"] = link,
        };
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(settings));
        Assert.All(faults, fault => Assert.Contains(fault, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Versioning:V2:Deprecated")]
    [InlineData("Versioning:V1:Deprecation")]
    public async Task AnUnknownSettingIsNotPassedOver(string setting)
    {
        var settings = new Dictionary<string, string> { [setting] = "2027-01-31T00:00:00Z" };
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(settings));
        Assert.Contains($"{setting} is no setting", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePageListsEverySetting() => Assert.Equal(
        VersioningSettings.Names,
        from line in Repository.Read("docs/versioning.md").Split('\n')
        where line.StartsWith("| `Versioning:", StringComparison.Ordinal)
        select line.Split('`')[1]);

    [Fact]
    public async Task AnOperationCannotEndBeforeItIsDeprecatedOrPointToNowhere()
    {
        static Task<ApiApp> StartAsync(Action<RouteHandlerBuilder> with) => ApiApp.StartAsync(map: app => with(app.MapV1("/x").MapGet("", () => 1)));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(route => route.Deprecated(Now, Now.AddDays(-1))));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(route => route.Deprecated(Now, link: "docs/versioning.md")));
    }

    private static void Map(WebApplication app) =>
        app.MapV1("/old").MapGet("", () => TypedResults.Ok()).RequireAuthorization("read").Deprecated(Yesterday, NextYear, Page);

    private static string[] Told(ApiApp app) => [.. app.Log.Lines.Where(line => line.Contains("DeprecatedUse", StringComparison.Ordinal))];

    private static Dictionary<string, string> Settings(DateTimeOffset deprecated, DateTimeOffset? sunset = null, string? link = null)
    {
        return new Dictionary<string, string>(KeyedApi.Settings)
        {
            ["Versioning:V1:Deprecated"] = Text(deprecated),
            ["Versioning:V1:Sunset"] = sunset is { } end ? Text(end) : "",
            ["Versioning:V1:Link"] = link ?? "",
        };
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
