using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;

namespace Consensus.LanguageModels.Tests.Calling;

/// <summary>Which calls may be billed without their numbers saying so.</summary>
public sealed class BillingTests
{
    private static readonly (string, string?) Once = ("Providers:openai:Retry:MaxAttempts", "1");

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task NotWhatTheProviderTurnedAway(HttpStatusCode status)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering("{}", status), time: null, ("Providers:openai:Retry:DelayMs", "0"));

        Assert.False((await host.AskAsync()).MayBeBilled);
    }

    [Fact]
    public async Task NotAProviderThatWasNeverReached()
    {
        await using var host = ModelHost.At(FaultServer.Nobody(), Once);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Unavailable, false), (reply.Failure, reply.MayBeBilled));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ProxyTunnelError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    [InlineData(HttpRequestError.InvalidResponse, true)]
    public async Task AConnectionThatWasLostMayBeOneThatWasNeverMadeIsNot(HttpRequestError error, bool expected)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(_ => throw new HttpRequestException(error)), time: null, Once);

        Assert.Equal(expected, (await host.AskAsync()).MayBeBilled);
    }

    [Theory]
    [InlineData("{\"choices\":[]}", FailureReason.Malformed)]
    [InlineData("not JSON", FailureReason.Malformed)]
    [InlineData("{\"error\":{\"code\":502}}", FailureReason.Unavailable)]
    [InlineData("{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"A\"},\"finish_reason\":\"error\"}]}", FailureReason.Unavailable)]
    [InlineData("{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}", FailureReason.Refused)]
    public async Task AnAnswerThatIsNoneAndTellsNoUsageMayBe(string body, FailureReason reason)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(body), time: null, Once);

        var reply = await host.AskAsync();

        Assert.Equal((reason, true), (reply.Failure, reply.MayBeBilled));
    }

    [Fact]
    public async Task AnAnswerThatWasCutOffMayBe()
    {
        await using var server = RawServer.CutOff(Bodies.OpenAi("391"));
        await using var host = ModelHost.At(server.Endpoint, Once);

        Assert.True((await host.AskAsync()).MayBeBilled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAttemptThatWasCutMayBe(bool byItsCaller)
    {
        var time = new WatchedTime();
        var handler = new VerbatimHandler
        {
            Answer = async (_, cancelled) =>
            {
                await Task.Delay(Timeout.Infinite, cancelled);
                return VerbatimHandler.Json("{}");
            },
        };
        await using var host = ModelHost.OpenAi(handler, time, Once);
        using var caller = new CancellationTokenSource();
        var asking = host.AskAsync(timeout: TimeSpan.FromSeconds(1), cancellationToken: caller.Token);
        await Eventually.HoldsAsync(() => handler.Requests.Count == 1, "the call was not sent");

        if (byItsCaller)
            await caller.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(1));

        var reply = await asking;
        Assert.Equal((byItsCaller ? FailureReason.Cancelled : FailureReason.Timeout, true), (reply.Failure!.Value, reply.MayBeBilled));
    }

    [Fact]
    public async Task NotACallThatWasNeverSent()
    {
        await using var host = ModelHost.OpenAi(new VerbatimHandler());

        Assert.False((await host.AskAsync(cancellationToken: new CancellationToken(canceled: true))).MayBeBilled);
        Assert.False((await host.AskAsync(timeout: TimeSpan.Zero)).MayBeBilled);
    }

    [Fact]
    public async Task AnAnswerThatTellsItsUsageIsNotInQuestion()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("391")));

        Assert.False((await host.AskAsync()).MayBeBilled);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task OneLostAttemptKeepsTheCallInQuestionHoweverItGoesOn(HttpStatusCode next)
    {
        var handler = VerbatimHandler.Answering(n => n == 1 ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : VerbatimHandler.Json(Bodies.OpenAi("391"), next));
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:Retry:DelayMs", "0"));

        var reply = await host.AskAsync();

        Assert.True(reply.Attempts > 1);
        Assert.True(reply.MayBeBilled);
    }
}
