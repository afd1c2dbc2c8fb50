using System.Net;
using System.Net.Sockets;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Contracts.Tests.Client;

public sealed class ClientFailureTests : CannedApiTests
{
    private static readonly ConsensusRequest Question = new() { Prompt = "17 * 23" };

    [Fact]
    public async Task Problem_details_arrive_whole()
    {
        Api.On("POST /v1/consensus", 400, """
            {"type":"urn:consensus:error:validation_failed","title":"The request is not valid.","status":400,"detail":"2 members are wrong.","code":"validation_failed",
             "retryable":false,"requestId":"r-1","errors":[{"field":"quorum","code":"out_of_range","message":"Too high.","allowed":"[0, 1)"},
             {"field":"strategy","code":"unknown_strategy","message":"No such strategy.","allowed":["majority"]}],"later":true}
            """, "application/problem+json");

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(Http).AskAsync(Question, Cancelled));

        Assert.Equal("validation_failed", failure.Code);
        Assert.Equal("The request is not valid. 2 members are wrong.", failure.Message);
        Assert.Equal("r-1", failure.Problem.RequestId);
        Assert.Equal(["quorum", "strategy"], failure.Problem.Errors!.Select(e => e.Field));
        Assert.Equal("majority", failure.Problem.Errors![1].Allowed!.Value[0].GetString());
    }

    [Theory]
    [InlineData(502, "<html>Bad gateway</html>", "text/html", true)]
    [InlineData(500, "", "text/plain", false)]
    [InlineData(404, """{"title":"Not Found","status":404}""", "application/problem+json", false)]
    [InlineData(403, "null", "application/json", false)]
    public async Task An_error_that_is_not_a_problem_of_ours_is_told_by_its_status(int status, string body, string type, bool retryable)
    {
        Api.On("GET /v1/models", status, body, type);

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(Http).ListModelsAsync(Cancelled));

        Assert.Equal(ClientErrorCodes.UnexpectedResponse, failure.Code);
        Assert.Equal(status, failure.Problem.Status);
        Assert.Equal(retryable, failure.Problem.Retryable);
        Assert.Equal(new Uri(Api.Address, "v1/models").ToString(), failure.Problem.Instance);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"models":"none","panels":{}}""")]
    public async Task A_success_that_is_not_ours_is_a_failure(string body)
    {
        Api.On("POST /v1/consensus", 200, body);

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(Http).AskAsync(Question, Cancelled));

        Assert.Equal(ClientErrorCodes.UnexpectedResponse, failure.Code);
        Assert.False(failure.Problem.Retryable);
    }

    [Fact]
    public async Task A_refused_connection_names_the_address()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{UnusedPort()}") };

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(http).AskAsync(Question, Cancelled));

        Assert.Equal(ClientErrorCodes.Unreachable, failure.Code);
        Assert.Equal(0, failure.Problem.Status);
        Assert.True(failure.Problem.Retryable);
        Assert.Equal($"{http.BaseAddress}v1/consensus", failure.Problem.Instance);
    }

    [Fact]
    public async Task A_response_that_breaks_off_is_a_lost_connection()
    {
        Api.On("POST /v1/consensus", async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync("{\"runId\":"u8.ToArray(), Cancelled);
            await context.Response.Body.FlushAsync(Cancelled);
            context.Abort();
        });

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(Http).AskAsync(Question, Cancelled));

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
    }

    [Fact]
    public async Task The_http_clients_own_time_limit_is_a_failure()
    {
        var gone = new TaskCompletionSource();
        Api.On("POST /v1/consensus", context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            return gone.Task;
        });
        using var http = new HttpClient { BaseAddress = Api.Address, Timeout = TimeSpan.FromMilliseconds(100) };

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(http).AskAsync(Question, Cancelled));

        Assert.Equal(ClientErrorCodes.TimedOut, failure.Code);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_failure()
    {
        using var caller = new CancellationTokenSource();
        var gone = new TaskCompletionSource();
        Api.On("POST /v1/consensus", async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            await caller.CancelAsync();
            await gone.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ConsensusClient(Http).AskAsync(Question, caller.Token));
        await gone.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task A_failed_call_is_not_sent_again()
    {
        Api.On("POST /v1/consensus", 503, "", "text/plain");

        await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(Http).AskAsync(Question, Cancelled));

        Assert.Single(Api.Requests);
    }

    private static int UnusedPort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
