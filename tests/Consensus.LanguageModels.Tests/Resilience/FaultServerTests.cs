using System.Text;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Consensus.LanguageModels.Tests.Resilience;

/// <summary>Faults over a real connection.</summary>
public sealed class FaultServerTests
{
    private static readonly (string, string?) AtOnce = ("Providers:openai:Retry:DelayMs", "0");

    [Fact]
    public async Task NobodyListeningIsUnavailableAfterAllAttempts()
    {
        await using var host = ModelHost.At(FaultServer.Nobody(), AtOnce);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Unavailable, 3), (reply.Failure, reply.Attempts));
    }

    [Fact]
    public async Task UnknownHostIsUnavailable()
    {
        await using var host = ModelHost.At(new Uri("https://no-such-host.invalid/v1"), AtOnce);

        Assert.Equal(FailureReason.Unavailable, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task HangUpBeforeTheAnswerIsUnavailableAndTriedAgain()
    {
        await using var server = await FaultServer.StartAsync((context, n) =>
        {
            if (n < 3)
                context.Abort();
            return n < 3 ? Task.CompletedTask : context.JsonAsync(Bodies.OpenAi("391"));
        });
        await using var host = ModelHost.At(server.Endpoint, AtOnce);

        var reply = await host.AskAsync();

        Assert.Equal(("391", 3), (reply.Text, reply.Attempts));
    }

    [Fact]
    public async Task ServerErrorThenAnswerIsAnAnswer()
    {
        await using var server = await FaultServer.StartAsync((context, n) => n == 1 ? context.JsonAsync("{}", 503) : context.JsonAsync(Bodies.OpenAi("391")));
        await using var host = ModelHost.At(server.Endpoint, AtOnce);

        var reply = await host.AskAsync();

        Assert.Equal(("391", 2), (reply.Text, reply.Attempts));
    }

    [Fact]
    public async Task BodyCutOffIsMalformedAndNotPaidForTwice()
    {
        await using var server = RawServer.CutOff(Bodies.OpenAi("391"));
        await using var host = ModelHost.At(server.Endpoint, AtOnce);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Malformed, 1), (reply.Failure, reply.Attempts));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task ChunksCutOffAreMalformedEvenWhenTheJsonIsWhole()
    {
        await using var server = RawServer.CutOffChunks(Bodies.OpenAi("391"));
        await using var host = ModelHost.At(server.Endpoint, AtOnce);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Malformed, 1), (reply.Failure, reply.Attempts));
    }

    [Fact]
    public async Task BodyCutOffUnderAnErrorIsStillThatError()
    {
        await using var server = RawServer.CutOff(Bodies.Error("invalid_api_key"), "401 Unauthorized");
        await using var host = ModelHost.At(server.Endpoint);

        Assert.Equal(FailureReason.Unauthorized, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task StalledServerIsATimeout()
    {
        await using var server = await FaultServer.StartAsync((context, _) => context.StallAsync());
        await using var host = ModelHost.At(server.Endpoint);

        var reply = await host.AskAsync(timeout: TimeSpan.FromMilliseconds(500));

        Assert.Equal(FailureReason.Timeout, reply.Failure);
    }

    [Fact]
    public async Task TricklingBodyIsCutByTheDeadline()
    {
        await using var server = await FaultServer.StartAsync((context, _) => context.TrickleAsync());
        await using var host = ModelHost.At(server.Endpoint);

        var reply = await host.AskAsync(timeout: TimeSpan.FromMilliseconds(500));

        Assert.Equal(FailureReason.Timeout, reply.Failure);
    }

    [Fact]
    public async Task ProvidersOwnTimeoutHoldsWithoutOneOfTheCall()
    {
        await using var server = await FaultServer.StartAsync((context, _) => context.TrickleAsync());
        await using var host = ModelHost.At(server.Endpoint, ("Providers:openai:TimeoutMs", "500"));

        Assert.Equal(FailureReason.Timeout, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task CancellationReachesTheServer()
    {
        var arrived = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var server = await FaultServer.StartAsync(async (context, _) =>
        {
            arrived.SetResult();
            await context.StallAsync();
            left.SetResult();
        });
        await using var host = ModelHost.At(server.Endpoint);
        using var caller = new CancellationTokenSource();

        var asking = host.AskAsync(cancellationToken: caller.Token);
        await arrived.Task;
        await caller.CancelAsync();
        var reply = await asking;
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((FailureReason.Cancelled, 1), (reply.Failure, reply.Attempts));
    }

    [Fact]
    public async Task RedirectIsNotFollowed()
    {
        await using var elsewhere = await FaultServer.StartAsync((context, _) => context.JsonAsync(Bodies.OpenAi("stolen")));
        await using var server = await FaultServer.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Endpoint.AbsoluteUri, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var host = ModelHost.At(server.Endpoint);

        var reply = await host.AskAsync();

        Assert.Equal(FailureReason.Rejected, reply.Failure);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task EndlessBodyIsGivenUp()
    {
        var block = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        await using var server = await FaultServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block);
        });
        await using var host = ModelHost.At(server.Endpoint);

        Assert.Equal(FailureReason.Malformed, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task NotEvenHttpIsMalformed()
    {
        await using var server = new RawServer("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        await using var host = ModelHost.At(server.Endpoint);

        Assert.Equal(FailureReason.Malformed, (await host.AskAsync()).Failure);
    }
}
