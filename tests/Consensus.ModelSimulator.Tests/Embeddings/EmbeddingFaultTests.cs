using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Embeddings;

public class EmbeddingFaultTests
{
    [Theory]
    [InlineData("rate_limit", HttpStatusCode.TooManyRequests)]
    [InlineData("server_error;status=503", HttpStatusCode.ServiceUnavailable)]
    [InlineData("timeout", HttpStatusCode.GatewayTimeout)]
    [InlineData("refusal", HttpStatusCode.BadRequest)]
    [InlineData("explode", HttpStatusCode.BadRequest)]
    [InlineData("latency;latency=1", HttpStatusCode.OK)]
    [InlineData("trickle;latency=0", HttpStatusCode.OK)]
    public async Task AHeaderBringsItsStatus(string fault, HttpStatusCode status)
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:HangBoundMs", fault == "timeout" ? "200" : "60000"));

        using var response = await simulator.PostAsync(Body("x"), fault, "v1/embeddings");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status != HttpStatusCode.OK, (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task TheBodyMayBeEmptyOrNoJson()
    {
        await using var simulator = await Simulator.StartAsync();

        using var empty = await simulator.PostAsync(Body("x"), "empty", "v1/embeddings");
        using var malformed = await simulator.PostAsync(Body("x"), "malformed", "v1/embeddings");

        Assert.Equal(0, (await empty.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("data").GetArrayLength());
        Assert.Contains("<html>", await malformed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, (await simulator.StatsOfAsync("simulated-embedding")).GetProperty("faults").GetProperty("malformed").GetInt32());
    }

    [Theory]
    [InlineData("simulated-embedding")]
    [InlineData("*")]
    public async Task AFaultIsSwitchedOnForEmbeddingsTooAndCountsAttemptsByInput(string model)
    {
        await using var simulator = await Simulator.StartAsync();
        using var put = await simulator.Http.PutAsJsonAsync($"simulator/faults/{model}", new { fault = "server_error", times = 1 }, TestContext.Current.CancellationToken);

        var statuses = new List<HttpStatusCode>();
        foreach (var input in new[] { "one", "one", "two", "two" })
        {
            using var response = await simulator.PostAsync(Body(input), path: "v1/embeddings");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.InternalServerError, HttpStatusCode.OK], statuses);
    }

    private static object Body(string input) => new { model = "simulated-embedding", input, dimensions = 8 };
}
