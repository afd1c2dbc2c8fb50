using System.Net;
using System.Text;
using Asp.Versioning;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>One versioned surface below <c>/v1</c>, and what is said of other versions.</summary>
public sealed class VersionTests(SharedApi shared)
{
    private const string Supported = "api-supported-versions";

    [Fact]
    public void EveryRouteBelowV1IsOfVersionOneAndNoOther()
    {
        var routes = shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        var versioned = routes.Where(r => r.Metadata.GetMetadata<ApiVersionMetadata>() is not null).ToArray();
        Assert.True(versioned.Length > 40, $"only {versioned.Length} routes have a version");
        var versions = versioned.SelectMany(r => r.Metadata.GetMetadata<ApiVersionMetadata>()!.Map(ApiVersionMapping.Explicit).DeclaredApiVersions);
        Assert.Equal(Enumerable.Repeat(new ApiVersion(1, 0), versioned.Length), versions);
        // The pattern stays the path: logs, labels and the description show it.
        Assert.Equal(routes.Where(r => r.RoutePattern.RawText!.TrimStart('/').StartsWith("v1", StringComparison.Ordinal)), versioned);
    }

    [Theory]
    [InlineData("GET", "/v1/strategies", 200)]
    [InlineData("GET", "/V1/strategies", 200)]
    [InlineData("GET", "/v1/runs?limit=none", 400)]
    [InlineData("GET", "/v1/runs/none", 404)]
    [InlineData("GET", "/v1/nowhere", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("DELETE", "/v1/models", 405)]
    [InlineData("POST", "/v1/consensus", 415)]
    [InlineData("GET", "/v2/runs", 404)]
    public async Task EveryAnswerSaysWhichVersionsThereAre(string method, string path, int status)
    {
        using var response = await SendAsync(shared.App.Http, method, path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["1.0"], response.Headers.GetValues(Supported));
        Assert.False(response.Headers.Contains("api-deprecated-versions"));
        Assert.False(response.Headers.Contains("Deprecation"));
    }

    [Fact]
    public async Task SoDoTheAnswersToThoseWhoMayNotAndAFault()
    {
        using var taken = new TakenPath();
        await using var app = await ApiApp.StartAsync(
            new Dictionary<string, string>(KeyedApi.Settings) { ["Storage:Folder"] = taken.Path, ["Limits:RequestsPerMinute"] = "1" });
        using var reader = app.Client(KeyedApi.Key("read"));
        using var alice = app.Client(KeyedApi.Key("alice"));
        var answers = new List<HttpResponseMessage>
        {
            await app.Http.GetAsync("/v1/runs"),
            await reader.DeleteAsync("/v1/runs/none"),
            await reader.GetAsync("/v1/runs"),
            await alice.GetAsync("/v1/runs"),
        };
        Assert.Equal([401, 403, 429, 503], answers.Select(a => (int)a.StatusCode));
        Assert.All(answers, a => Assert.Equal(["1.0"], a.Headers.GetValues(Supported)));
        answers.ForEach(a => a.Dispose());
    }

    [Theory]
    [InlineData("/openai/v1/models")]
    [InlineData("/openai/v2/models")]
    [InlineData("/mcp")]
    [InlineData("/health")]
    [InlineData("/ready")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/nowhere")]
    public async Task WhatIsNotBelowAVersionSaysNothingOfVersions(string path)
    {
        using var response = await shared.App.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.False(response.Headers.Contains(Supported));
    }

    [Theory]
    [InlineData("GET", "/v2")]
    [InlineData("GET", "/v2/")]
    [InlineData("GET", "/v2/runs")]
    [InlineData("GET", "/V2/runs")]
    [InlineData("POST", "/v2/consensus")]
    [InlineData("DELETE", "/v0/runs/none")]
    [InlineData("GET", "/v1.0/runs")]
    [InlineData("GET", "/v1.5/runs")]
    [InlineData("GET", "/v01/runs")]
    [InlineData("GET", "/v10/runs")]
    [InlineData("GET", "/v2-beta/runs")]
    [InlineData("GET", "/v2027-01-31/runs")]
    [InlineData("GET", "/v99999999999999999999/runs")]
    [InlineData("GET", "/v1%2Fruns")]
    public async Task APathOfAnotherVersionNamesThoseThatThereAre(string method, string path)
    {
        using var response = await SendAsync(shared.App.Http, method, path);
        var problem = await response.ProblemAsync(ErrorCatalog.VersionNotSupported);
        Assert.Contains("version 1.0", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("/v1", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/v")]
    [InlineData("/v/runs")]
    [InlineData("/vx")]
    [InlineData("/version")]
    [InlineData("/runs/v2")]
    [InlineData("/v1/nowhere")]
    public async Task AnyOtherPathIsJustNotThere(string path)
    {
        using var response = await shared.App.Http.GetAsync(path);
        await response.ProblemAsync(ErrorCatalog.NotFound);
    }

    [Fact]
    public async Task BelowOpenAisPathAnErrorKeepsOpenAisShape()
    {
        using var response = await shared.App.Http.GetAsync("/openai/v2/models");
        await response.OpenAiErrorAsync(ErrorCatalog.NotFound);
    }

    [Theory]
    [InlineData("api-version=2.0", null)]
    [InlineData("", "2.0")]
    [InlineData("v=2", "x")]
    public async Task NothingButThePathNamesAVersion(string query, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/strategies?{query}");
        if (header is not null)
        {
            request.Headers.Add("api-version", header);
            request.Headers.TryAddWithoutValidation("Accept", $"application/json;v={header}");
        }

        using var response = await shared.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/runs", "1")]
    [InlineData("/V1", "1")]
    [InlineData("/v1.5/x", "1.5")]
    [InlineData("/v2-beta", "2-beta")]
    [InlineData("/v", null)]
    [InlineData("/", null)]
    [InlineData("", null)]
    [InlineData("/x/v1", null)]
    [InlineData("/vault", null)]
    public void AVersionIsTheFirstSegmentThatBeginsAsOne(string path, string? version) => Assert.Equal(version, PathVersion.Of(new PathString(path)));

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path) => client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "text/plain") : null,
        });
}
