using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>Reads what the service answered.</summary>
internal static class Answers
{
    /// <summary>A valid aggregate request, as small as it gets.</summary>
    public const string SmallAggregate = """{"answers":[{"model":"a","text":"42"},{"model":"b","text":"42"},{"model":"c","text":"41"}]}""";

    public static JsonObject Aggregate(params string[] texts) => new()
    {
        ["answers"] = new JsonArray([.. texts.Select((text, i) => (JsonNode)new JsonObject { ["model"] = $"m{i}", ["text"] = text })]),
    };

    public static async Task<ConsensusResponse> RunAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.ConsensusResponse)!;
    }

    /// <summary>The problem, after checking everything that every problem has.</summary>
    public static async Task<ProblemBody> ProblemAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{response.StatusCode} {response.Content.Headers}: {text}");
        var problem = JsonSerializer.Deserialize(text, ConsensusJson.Default.ProblemBody)!;
        var entry = ErrorCatalog.All.Single(e => e.Code == problem.Code);
        Assert.Equal((entry.Type, entry.Title, entry.Status, entry.Retryable), (problem.Type, problem.Title, problem.Status, problem.Retryable));
        Assert.Equal(entry.Status, (int)response.StatusCode);
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), problem.RequestId);
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail));
        return problem;
    }

    public static async Task<ProblemBody> ProblemAsync(this HttpResponseMessage response, ErrorCode expected)
    {
        var problem = await response.ProblemAsync();
        Assert.Equal(expected.Code, problem.Code);
        return problem;
    }

    /// <summary>The violations as <c>field code</c>.</summary>
    public static async Task<string[]> ViolationsAsync(this HttpResponseMessage response) =>
        [.. (await response.ProblemAsync(ErrorCatalog.ValidationFailed)).Errors!.Select(e => $"{e.Field} {e.Code}")];
}
