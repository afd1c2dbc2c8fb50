using System.Text.Json.Nodes;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>Reads errors of OpenAI's shape.</summary>
internal static class OpenAiErrors
{
    /// <summary>The body, after checking everything that every error has.</summary>
    public static async Task<JsonNode> OpenAiErrorAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/json", $"{response.StatusCode} {response.Content.Headers}: {text}");
        var body = JsonNode.Parse(text)!;
        Assert.Equal(["error"], body.AsObject().Select(m => m.Key));
        Assert.Equal(["message", "type", "param", "code", "consensus"], body["error"]!.AsObject().Select(m => m.Key));
        var entry = ErrorCatalog.All.Single(e => e.Code == (string?)body["error"]!["code"]);
        Assert.Equal((entry.Status, entry.Code), ((int)response.StatusCode, (string?)body["error"]!["consensus"]!["code"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)body["error"]!["message"]));
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), (string?)body["error"]!["consensus"]!["requestId"]);
        var retry = response.Headers.TryGetValues("x-should-retry", out var values) ? values.Single() : null;
        Assert.Equal((entry.Status >= 500 && entry != ErrorCatalog.Draining) || entry is { Status: 409, Retryable: false } ? "false" : null, retry);
        return body;
    }

    public static async Task OpenAiErrorAsync(this HttpResponseMessage response, ErrorCode expected) =>
        Assert.Equal(expected.Code, (string?)(await response.OpenAiErrorAsync())["error"]!["code"]);
}
