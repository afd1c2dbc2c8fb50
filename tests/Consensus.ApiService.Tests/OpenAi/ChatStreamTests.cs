using System.ClientModel;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.OpenAi;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenAI;
using OpenAI.Chat;

namespace Consensus.ApiService.Tests.OpenAi;

public sealed class ChatStreamTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheEventsAreTheRoleTheAnswerItsEndAndTheUsage()
    {
        using var response = await SendAsync(rig.App, "consensus", OpenAiRig.Question, usage: true);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("consensus", response.Headers.GetValues("x-consensus-outcome").Single());
        var events = await EventsAsync(response);
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonNode.Parse(e)!).ToList();
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", (string?)c["object"]));
        Assert.Single(chunks.Select(c => (string?)c["id"]).Distinct());
        Assert.Equal(
            [
                """[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]""",
                """[{"index":0,"delta":{"content":"391"},"logprobs":null,"finish_reason":null}]""",
                """[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]""",
                "[]",
            ],
            chunks.Select(c => c["choices"]!.ToJsonString()));
        Assert.Equal("consensus", (string?)chunks[2]["consensus"]!["outcome"]);
        Assert.True((int)chunks[3]["usage"]!["total_tokens"]! > 0);
    }

    [Fact]
    public async Task WithoutTheWishForItThereIsNoUsage()
    {
        using var response = await SendAsync(rig.App, "consensus", OpenAiRig.Question);
        Assert.All(await EventsAsync(response), e => Assert.DoesNotContain("prompt_tokens", e, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatFailsBeforeThereWasAnythingToSayHasAStatus()
    {
        using var response = await SendAsync(rig.App, "sim/broken", "x");
        await response.OpenAiErrorAsync(Consensus.Contracts.Errors.ErrorCatalog.PanelFailed);
    }

    [Fact]
    public async Task AQuietStreamBeginsWithCommentsAndEndsInAnErrorThatLibrariesSee()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await ApiApp.StartAsync(rig.Settings(keyed: false), builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var response = await Ending(time, SendAsync(app, "sim/silent", "x", deadlineMs: 30_000));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.True(time.GetUtcNow() - time.Start >= ChatStream.Quiet);

        var text = await Ending(time, response.Content.ReadAsStringAsync(Over));
        Assert.StartsWith(": still asking\n\n: still asking\n\n", text, StringComparison.Ordinal);
        var last = JsonNode.Parse(text.Split("data: ", StringSplitOptions.None)[^1])!;
        Assert.Equal(("deadline_exceeded", "error"), ((string?)last["error"]!["code"], (string?)last["choices"]![0]!["finish_reason"]));
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);

        var client = new ChatClient("sim/silent", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(app.Address, "openai/v1") });
        var streaming = Task.Run(async () =>
        {
            var updates = 0;
            await foreach (var update in client.CompleteChatStreamingAsync(new UserChatMessage("x")))
            {
                updates++;
            }

            return updates;
        });
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ending(time, streaming));

        var told = await Ending(time, NodeScript.RunAsync("openai/stream.mjs", $"{app.Address}openai/v1", "none", "sim/silent", "x", "none"));
        Assert.Equal(("APIError", "deadline_exceeded"), ((string?)told["failure"]!["type"], (string?)told["failure"]!["code"]));
    }

    [Fact]
    public async Task ACallerWhoGoesAwayCancelsTheRun()
    {
        var before = await rig.AskedAsync("silent");
        using (var leaving = new CancellationTokenSource())
        {
            var asking = SendAsync(rig.App, "sim/silent", "x", gone: leaving.Token);
            await Poll.UntilAsync(() => rig.AskedAsync("silent"), asked => asked > before);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        await rig.HasCancelledAsync();
    }

    private static Task<T> Ending<T>(FakeTimeProvider time, Task<T> task) => FanOut.Ending.OfAsync(task, time);

    private static async Task<List<string>> EventsAsync(HttpResponseMessage response)
    {
        await using var body = await response.Content.ReadAsStreamAsync(Over);
        return await SseParser.Create(body).EnumerateAsync(Over).Select(item => item.Data).ToListAsync(Over);
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiApp app, string model, string question, bool usage = false, int deadlineMs = 60_000, CancellationToken gone = default)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question }),
            ["stream"] = true,
            ["consensus"] = new JsonObject { ["deadlineMs"] = deadlineMs },
        };
        if (usage)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OpenAiRig.Key("alice"));
        return await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone);
    }
}
