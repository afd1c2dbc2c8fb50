using Consensus.LanguageModels.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Tests.Telemetry;

/// <summary>A provider that shouts the key back in every place it can; nothing we write may repeat it.</summary>
public sealed class KeySecrecyTests
{
    private const string Canary = "sk-canary-51c0ffee";

    private static readonly string[] Models = ["openai/m", "anthropic/m", "ollama/m"];

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(-1)]
    public async Task KeyIsInNoLogSpanMetricOrMessage(int status)
    {
        await using var server = await FaultServer.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Echo"] = Canary;
            context.Response.Headers.Location = $"/{Canary}";
            if (status < 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.JsonAsync(Body(context, status), status);
        });
        var root = new Uri(server.Endpoint, "/").AbsoluteUri;
        await using var host = new ModelHost(
        [
            ("Providers:openai:Key", Canary), ("Providers:openai:Endpoint", root + "v1"), ("Providers:openai:Models:0", "m"), ("Providers:openai:Retry:DelayMs", "0"),
            ("Providers:anthropic:Key", Canary), ("Providers:anthropic:Endpoint", root), ("Providers:anthropic:Models:0", "m"), ("Providers:anthropic:Retry:DelayMs", "0"),
            ("Providers:ollama:Key", Canary), ("Providers:ollama:Endpoint", root), ("Providers:ollama:Models:0", "m"), ("Providers:ollama:Retry:DelayMs", "0"),
        ]);
        using var recorded = new Recorded(host);

        foreach (var model in Models)
        {
            var reply = await host.AskAsync(model);
            Assert.Equal(status == 200, reply.Failure is null);
            Assert.DoesNotContain(Canary, reply.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        recorded.Observe();
        Assert.DoesNotContain(Canary, host.Logs.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, recorded.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(server.Requests >= Models.Length);
    }

    /// <summary>The answer itself is the model's text and goes to the caller; everything around it must not carry the key.</summary>
    private static string Body(HttpContext context, int status)
    {
        if (status != 200)
            return $$"""{"type":"error","error":{"message":"Incorrect API key {{Canary}}","type":"{{Canary}}","code":"{{Canary}}","param":"{{Canary}}"} }""";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return Bodies.Ollama("ok", Canary).Replace("llama3.1:8b", Canary, StringComparison.Ordinal);
        if (context.Request.Path.Value!.EndsWith("messages", StringComparison.Ordinal))
            return Bodies.Anthropic("ok", Canary).Replace("claude-sonnet-4-5-20250929", Canary, StringComparison.Ordinal).Replace("msg_1", Canary, StringComparison.Ordinal);
        return Bodies.OpenAi("ok", Canary).Replace("gpt-4o-2024-08-06", Canary, StringComparison.Ordinal).Replace("chatcmpl-1", Canary, StringComparison.Ordinal);
    }
}
