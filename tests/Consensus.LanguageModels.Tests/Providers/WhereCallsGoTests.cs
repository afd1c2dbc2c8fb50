using System.Collections.Concurrent;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consensus.LanguageModels.Tests.Providers;

/// <summary>A call goes to the configured address or nowhere, and the key with it.</summary>
public sealed class WhereCallsGoTests
{
    private const string Key = "sk-0123456789-abcdefghij";

    private static readonly string[] Plain = ["accept-encoding", "authorization", "content-length", "content-type", "host"];

    /// <summary>What the two client libraries tell of themselves and the machine.</summary>
    private static readonly string[] Library =
        ["user-agent", "x-stainless-arch", "x-stainless-lang", "x-stainless-os", "x-stainless-package-version", "x-stainless-runtime", "x-stainless-runtime-version"];

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirectOfAProviderIsNotFollowedByAnyClient(int status)
    {
        await using var stranger = await FaultServer.StartAsync((context, _) => context.JsonAsync(Bodies.OpenAi("Paris")));
        // Another name of this machine is another host to a client.
        var elsewhere = new UriBuilder(stranger.Endpoint) { Host = "localhost" }.Uri.AbsoluteUri;
        await using var provider = await FaultServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere;
            return Task.CompletedTask;
        });
        await using var host = ThreeKinds(provider);

        foreach (var model in (string[])["openai/m", "anthropic/m", "ollama/m"])
        {
            var reply = await host.AskAsync(model);
            Assert.Equal((FailureReason.Rejected, $"The provider answered with a redirect, which is not followed ({status})."), (reply.Failure, reply.FailureMessage));
        }

        Assert.Equal((3, 0), (provider.Requests, stranger.Requests));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("[fe80::1]")]
    [InlineData("[::ffff:169.254.169.254]")]
    public async Task ANameThatLeadsToALinkLocalAddressGetsNoConnection(string address)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("services:models:http:0", $"http://{address}:80")]);
        builder.AddServiceDefaults();
        builder.Services.AddLanguageModels(builder.Configuration);
        using var host = builder.Build();

        var reply = await host.Services.GetRequiredService<ModelCaller>().AskAsync(ModelHost.Call("sim/ada"), default);

        Assert.Equal((FailureReason.Rejected, 1), (reply.Failure, reply.Attempts));
        Assert.Contains("Network:AllowLinkLocal", reply.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachKindOfProviderSeesTheHeadersOfItsClientAndNoOther()
    {
        var seen = new ConcurrentDictionary<string, HashSet<string>>();
        await using var server = await FaultServer.StartAsync((context, _) =>
        {
            seen[Kind(context)] = [.. context.Request.Headers.Select(h => h.Key.ToLowerInvariant())];
            return context.JsonAsync(Kind(context) switch
            {
                "ollama" => Bodies.Ollama("ok"),
                "anthropic" => Bodies.Anthropic("ok"),
                _ => Bodies.OpenAi("ok"),
            });
        });
        await using var host = ThreeKinds(server);
        using var trace = new System.Diagnostics.Activity("caller");
        trace.SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        trace.TraceStateString = "caller=1";
        trace.AddBaggage("caller", "1");
        trace.Start();

        foreach (var model in (string[])["openai/m", "anthropic/m", "ollama/m"])
            Assert.Null((await host.AskAsync(model)).Failure);

        Assert.Equal(new HashSet<string>([.. Plain, "accept", .. Library]), seen["openai"]);
        Assert.Equal(new HashSet<string>(Plain), seen["ollama"]);
        Assert.Equal(new HashSet<string>([.. Plain, "anthropic-version", .. Library, "x-stainless-retry-count", "x-stainless-timeout"]), seen["anthropic"]);
    }

    [Fact]
    public async Task AKeyThatAProviderRepeatsInAnAnswerIsNotHandedOn()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi($"Incorrect API key provided: {Key}. Try again."));
        await using var host = new ModelHost([("Providers:openai:Key", Key), ("Providers:openai:Models:0", "m")], handler);
        Assert.Equal("Incorrect API key provided: [key]. Try again.", (await host.AskAsync("openai/m")).Text);
    }

    private static string Kind(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? "ollama"
        : context.Request.Path.Value!.EndsWith("messages", StringComparison.Ordinal) ? "anthropic" : "openai";

    private static ModelHost ThreeKinds(FaultServer server)
    {
        var root = new Uri(server.Endpoint, "/").AbsoluteUri;
        return new ModelHost(
        [
            ("Providers:openai:Key", Key), ("Providers:openai:Endpoint", root + "v1"), ("Providers:openai:Models:0", "m"),
            ("Providers:anthropic:Key", Key), ("Providers:anthropic:Endpoint", root), ("Providers:anthropic:Models:0", "m"),
            ("Providers:ollama:Key", Key), ("Providers:ollama:Endpoint", root), ("Providers:ollama:Models:0", "m"),
        ]);
    }
}
