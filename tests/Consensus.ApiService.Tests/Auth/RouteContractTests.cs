using System.Net;
using System.Text;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Auth;

/// <summary>Every route that is mapped, by whoever: who may not is told so, who may is let in.</summary>
public sealed class RouteContractTests(KeyedApi keyed) : IClassFixture<KeyedApi>
{
    /// <summary>What needs no key, on purpose, beside the page to try the API. A route that is not here and asks for no policy fails the test.</summary>
    private static readonly string[] Open = ["/health", "/openapi/{documentName}.json", "/ready"];

    /// <summary>The scopes that open a policy which is more than one.</summary>
    private static readonly Dictionary<string, string[]> Several = new()
    {
        [Policies.RunOrRead] = ["run", "read"],
        [Policies.RunReadOrWorker] = ["run", "read", "worker"],
    };

    [Fact]
    public async Task EveryRouteAnswers401WithoutAKey403WithAWrongScopeAndNeitherWithTheRight()
    {
        var wrong = new List<string>();
        var tried = 0;
        foreach (var (method, pattern, policies) in Guarded())
        {
            foreach (var (key, expected) in Callers(policies))
            {
                tried++;
                var status = await StatusAsync(method, pattern, key);
                if (expected is null ? status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden : status != expected)
                {
                    wrong.Add($"{method} {pattern} as {key ?? "nobody"}: {(int)status}, not {(expected is { } e ? (int)e : "let in")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried > 100, $"only {tried} requests were tried");
    }

    [Fact]
    public void EveryRouteIsGuardedOrOpenOnPurpose()
    {
        var unguarded = Endpoints().Where(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().Count == 0).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct();
        Assert.Equal(Open, unguarded.Where(path => !path.StartsWith("/docs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>Nobody, one key for each scope, and what is expected of each.</summary>
    private static IEnumerable<(string? Key, HttpStatusCode? Expected)> Callers(string[] policies)
    {
        yield return (null, HttpStatusCode.Unauthorized);
        foreach (var scope in Scopes.All)
        {
            var isRight = policies.All(policy => Several.TryGetValue(policy, out var several) ? several.Contains(scope) : policy == scope);
            yield return (scope, isRight ? null : HttpStatusCode.Forbidden);
        }
    }

    private IEnumerable<(string Method, string Pattern, string[] Policies)> Guarded() =>
        from endpoint in Endpoints()
        let policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct().ToArray()
        where policies.Length > 0 && !policies.Contains(Policies.Metrics)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), policies);

    private IEnumerable<RouteEndpoint> Endpoints() => keyed.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private async Task<HttpStatusCode> StatusAsync(string method, string pattern, string? scope)
    {
        // Ids that belong to nothing, so that nothing is changed.
        var path = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? "01900000-0000-7000-8000-000000000000" : part));
        using var client = keyed.App.Client(scope is null ? null : KeyedApi.Key(scope));
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method is "POST" or "PUT" ? new StringContent("{", Encoding.UTF8, "application/json") : null,
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            var expected = response.StatusCode == HttpStatusCode.Unauthorized ? ErrorCatalog.Unauthorized : ErrorCatalog.Forbidden;
            await (pattern.StartsWith("/openai/", StringComparison.Ordinal) ? response.OpenAiErrorAsync(expected) : response.ProblemAsync(expected));
        }

        return response.StatusCode;
    }
}
