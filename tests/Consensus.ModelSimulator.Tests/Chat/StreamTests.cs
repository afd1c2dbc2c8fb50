using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Chat;

public class StreamTests
{
    [Theory]
    [InlineData("ada")]
    [InlineData("boole")]
    [InlineData("curie")]
    [InlineData("euler")]
    public async Task ThePiecesMakeUpThePlainAnswer(string model)
    {
        await using var simulator = await Simulator.StartAsync();

        var events = await EventsAsync(simulator, Simulator.Chat(model, "What is 17 * 23?", stream: true));

        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].ConvertAll(e => JsonDocument.Parse(e).RootElement);
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", c.GetProperty("object").GetString()));
        var deltas = chunks.ConvertAll(c => c.GetProperty("choices")[0].GetProperty("delta"));
        Assert.Equal("assistant", deltas[0].GetProperty("role").GetString());
        Assert.Equal(await simulator.AskAsync(model, "What is 17 * 23?"), string.Concat(deltas.Select(d => d.TryGetProperty("content", out var piece) ? piece.GetString() : "")));
        Assert.Equal("stop", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.All(chunks[..^1], c => Assert.Equal(JsonValueKind.Null, c.GetProperty("choices")[0].GetProperty("finish_reason").ValueKind));
        Assert.DoesNotContain(chunks, c => c.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task UsageComesInAnEventOfItsOwnWhenAskedFor()
    {
        await using var simulator = await Simulator.StartAsync();
        var messages = new[] { new { role = "user", content = "What is 17 * 23?" } };

        var events = await EventsAsync(simulator, new { model = "ada", stream = true, stream_options = new { include_usage = true }, messages });
        var plain = await simulator.PostForJsonAsync(new { model = "ada", messages });

        var last = JsonDocument.Parse(events[^2]).RootElement;
        Assert.Equal(0, last.GetProperty("choices").GetArrayLength());
        Assert.Equal(plain.GetProperty("usage").GetRawText(), last.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task LongTextsComeInABoundedNumberOfPieces()
    {
        await using var simulator = await Simulator.StartAsync();

        var events = await EventsAsync(simulator, Simulator.Chat("boole", $"What is {string.Join(" + ", Enumerable.Range(100, 80))}?", stream: true));

        Assert.InRange(events.Count, 10, 60);
    }

    private static async Task<List<string>> EventsAsync(Simulator simulator, object body)
    {
        using var response = await simulator.PostAsync(body);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e["data: ".Length..])];
    }
}
