using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Faults;

public class FaultBoardTests
{
    private const string Question = "What is 17 * 23?";

    [Fact]
    public async Task AFaultIsSwitchedOnAndOffForOneModel()
    {
        await using var simulator = await Simulator.StartAsync();

        using var put = await PutAsync(simulator, "ada", new { fault = "server_error" });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.OK], await StatusesAsync(simulator, "ada", "boole"));

        var listed = await simulator.Http.GetFromJsonAsync<JsonElement>("simulator/faults", TestContext.Current.CancellationToken);
        Assert.Equal("server_error", listed.GetProperty("faults").GetProperty("ada").GetProperty("fault").GetString());

        using var deleted = await simulator.Http.DeleteAsync(new Uri("simulator/faults/ada", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal([HttpStatusCode.OK], await StatusesAsync(simulator, "ada"));
    }

    [Fact]
    public async Task AStarHitsEveryModelAndAllAreClearedAtOnce()
    {
        await using var simulator = await Simulator.StartAsync();

        using var put = await PutAsync(simulator, "*", new { fault = "rate_limit", retryAfterSeconds = 0 });
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], await StatusesAsync(simulator, "ada", "euler"));

        using var deleted = await simulator.Http.DeleteAsync(new Uri("simulator/faults", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await StatusesAsync(simulator, "ada", "euler"));
    }

    [Fact]
    public async Task TimesCountsAttemptsOfEachPromptAndStartsAgainWhenSetAgain()
    {
        await using var simulator = await Simulator.StartAsync();

        for (var round = 0; round < 2; round++)
        {
            using var put = await PutAsync(simulator, "ada", new { fault = "server_error", times = 1 });
            Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.OK], await StatusesAsync(simulator, "ada", "ada", "ada"));
        }

        Assert.Equal(2, (await simulator.StatsOfAsync("ada")).GetProperty("faults").GetProperty("server_error").GetInt32());
        Assert.Equal(6, (await simulator.StatsOfAsync("ada")).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task TheHeaderGoesBeforeTheBoard()
    {
        await using var simulator = await Simulator.StartAsync();
        using var put = await PutAsync(simulator, "ada", new { fault = "server_error" });

        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question), "empty");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("nobody", """{"fault":"empty"}""", HttpStatusCode.NotFound)]
    [InlineData("ada", """{"fault":"explode"}""", HttpStatusCode.BadRequest)]
    [InlineData("ada", """{}""", HttpStatusCode.BadRequest)]
    [InlineData("ada", """{"fault":"empty","probability":7}""", HttpStatusCode.BadRequest)]
    [InlineData("ada", """{"fault":"empty","colour":"red"}""", HttpStatusCode.BadRequest)]
    [InlineData("ada", "{", HttpStatusCode.BadRequest)]
    public async Task WhatCannotBeSwitchedOnIsRefused(string model, string body, HttpStatusCode status)
    {
        await using var simulator = await Simulator.StartAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await simulator.Http.PutAsync(new Uri($"simulator/faults/{model}", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task CountsStartAgainOnReset()
    {
        await using var simulator = await Simulator.StartAsync();
        await simulator.AskAsync("ada", Question);

        using var reset = await simulator.Http.DeleteAsync(new Uri("simulator/stats", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(0, (await simulator.StatsOfAsync("ada")).GetProperty("requests").GetInt32());
    }

    private static Task<HttpResponseMessage> PutAsync(Simulator simulator, string model, object fault) =>
        simulator.Http.PutAsJsonAsync($"simulator/faults/{model}", fault, TestContext.Current.CancellationToken);

    private static async Task<List<HttpStatusCode>> StatusesAsync(Simulator simulator, params string[] models)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var model in models)
        {
            using var response = await simulator.PostAsync(Simulator.Chat(model, Question));
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }
}
