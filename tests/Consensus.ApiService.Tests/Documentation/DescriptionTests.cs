using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>The description says something of everything in it, and everything that is mapped is in it.</summary>
public sealed partial class DescriptionTests(SharedApi shared)
{
    /// <summary>What is no operation of this API: other protocols and what describes it. The page to try it is left out too.</summary>
    private static readonly string[] Elsewhere = ["/health", "/mcp", "/metrics", "/openapi/{documentName}.json", "/ready"];

    [Fact]
    public async Task TheDocumentIsOpenApi31WithoutErrorsOrWarnings()
    {
        var text = await shared.App.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var read = OpenApiDocument.Parse(text, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(read.Document!.Paths.Sum(path => path.Value.Operations!.Count), (await PublishedApi.ReadAsync(shared.App)).Operations.Count);
    }

    [Fact]
    public async Task EveryRouteThatIsMappedIsDescribed()
    {
        var described = (await PublishedApi.ReadAsync(shared.App)).Operations.Select(o => o.Path).ToHashSet();
        var mapped = shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/').Replace("**", "", StringComparison.Ordinal)).Distinct()
            .Where(path => !path.StartsWith("/docs", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(Elsewhere, mapped.Except(described).Order(StringComparer.Ordinal));
        Assert.Empty(described.Except(mapped));
    }

    [Fact]
    public async Task EverythingIsSaidInWords()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var silent = new List<string>();
        void Say(JsonNode? node, string where)
        {
            if (string.IsNullOrWhiteSpace((string?)node?["description"]))
            {
                silent.Add(where);
            }
        }

        foreach (var operation in api.Operations)
        {
            Say(operation.Node, operation.ToString());
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Node["summary"]), $"{operation} has no summary.");
            Assert.All(operation.Parameters, p => Say(p, $"{operation} {p["name"]}"));
            Assert.All(operation.Responses, r => Say(r.Response, $"{operation} {r.Status}"));
            if (operation.Node["requestBody"] is { } body)
            {
                Say(body, $"{operation} body");
            }
        }

        Assert.All(api.Document["tags"]!.AsArray(), tag => Say(tag, $"tag {tag!["name"]}"));
        Assert.All(api.Component("headers"), header => Say(header.Value, $"header {header.Key}"));
        foreach (var (name, schema) in api.Component("schemas"))
        {
            Say(schema, name);
            Assert.All(schema!["properties"]?.AsObject() ?? [], member => Say(member.Value, $"{name}.{member.Key}"));
        }

        Assert.Empty(silent);
        Assert.True(api.Operations.Count > 45 && api.Component("schemas").Count > 150, "The document is smaller than it was.");
    }

    [Fact]
    public async Task EveryOperationHasAnIdOfItsOwnAndATagThatIsDescribed()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        Assert.All(api.Operations, o => Assert.Matches(CamelCase(), o.Id));
        Assert.Equal(api.Operations.Count, api.Operations.Select(o => o.Id).Distinct().Count());
        Assert.Equal(api.Document["tags"]!.AsArray().Select(t => (string)t!["name"]!).Order(), api.Operations.Select(o => o.Tag).Distinct().Order());
    }

    [Fact]
    public async Task WhatIsNamedInAPathIsAParameter()
    {
        Assert.All((await PublishedApi.ReadAsync(shared.App)).Operations, operation => Assert.Equal(
            Placeholder().Matches(operation.Path).Select(m => m.Groups["name"].Value).Order(),
            operation.Parameters.Where(p => (string?)p["in"] == "path" && (bool?)p["required"] == true).Select(p => (string)p["name"]!).Order()));
    }

    [Fact]
    public async Task EveryResponseNamesHeadersAndSchemasThatThereAre()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        foreach (var (operation, (status, response)) in api.Operations.SelectMany(o => o.Responses.Select(r => (o, r))))
        {
            Assert.True(response["headers"]!["X-Request-Id"] is not null, $"{operation} {status} has no id of its request.");
            Assert.All(response["headers"]!.AsObject(), header => Assert.NotNull(api.Resolve(header.Value!)["schema"]));
            Assert.Equal(status is 204 or 304, response["content"] is null);
            Assert.All(response["content"]?.AsObject() ?? [], media => Assert.NotNull(api.Resolve(media.Value!["schema"]!)["type"]));
        }
    }

    [Fact]
    public async Task TheParametersOfAQueryAreThoseThatItsReaderTakes()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var tried = 0;
        foreach (var operation in api.Operations.Where(o => o.Parameters.Any(p => (string?)p["in"] == "query")))
        {
            var path = operation.Path.Replace("{id}", "01900000-0000-7000-8000-000000000000", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), $"{path}?noSuchParameter=1");
            using var response = await shared.App.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var unknown = Assert.Single((await response.ProblemAsync()).Errors!, e => e.Field == "noSuchParameter");
            Assert.Equal(
                unknown.Allowed!.Value.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal),
                operation.Parameters.Where(p => (string?)p["in"] == "query").Select(p => (string)p["name"]!).Order(StringComparer.Ordinal));
            tried++;
        }

        Assert.True(tried >= 10, $"Only {tried} queries were tried.");
    }

    [Fact]
    public async Task TheDocumentIsMadeOnceAndNotSentToWhoHasIt()
    {
        using var first = await shared.App.Http.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await shared.App.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
        using var other = await shared.App.Http.GetAsync("/openapi/v9.json", TestContext.Current.CancellationToken);
        await other.ProblemAsync(Contracts.Errors.ErrorCatalog.NotFound);
    }

    [GeneratedRegex("^[a-z]+([A-Z][a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholder();
}
