using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"suite-{Guid.NewGuid():N}.jsonl.gz");

    public ReplayTests()
    {
        using var stream = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n',
            Item("1", "Which of these sums is\n the largest of all of them?", ["1+1", "2+2"], ("maker/big@v1", "The answer is (B)."), ("small", "A")),
            Item("2", "Which of these sums is the largest of all of them?", ["9+9", "3+3"], ("maker/big@v1", "The answer is (A)."), ("small", "B")),
            Item("3", "Short one?", null, ("maker/big@v1", "short answer"), ("small", "nothing")),
            Item("4", "A question that begins another question.", null, ("maker/big@v1", "prefix"), ("small", "p")),
            Item("5", "A question that begins another question. But this one goes on.", null, ("maker/big@v1", "longest"), ("small", "l")))));
    }

    [Fact]
    public async Task TheSuitesModelsAreListedAndServed()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Suites:0", file));

        var models = await simulator.Http.GetFromJsonAsync<JsonElement>("v1/models", TestContext.Current.CancellationToken);
        var one = await simulator.Http.GetFromJsonAsync<JsonElement>("v1/models/maker/big@v1", TestContext.Current.CancellationToken);

        Assert.Contains("small", models.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.Equal("replay", one.GetProperty("kind").GetString());
        Assert.Equal("short answer", await simulator.AskAsync("maker/big@v1", "Short one?"));
    }

    [Theory]
    [InlineData("Which of these sums is the largest of all of them?\nA) 1+1\nB) 2+2", "The answer is (B).")]
    [InlineData("Which  of these sums\nis the largest of all of them? (A) 9+9 (B) 3+3", "The answer is (A).")]
    [InlineData("Think first.\n\nQuestion:Which of these sums is the largest of all of them?\nA) 9+9\nB) 3+3\n\nEnd with the letter.", "The answer is (A).")]
    [InlineData("A question that begins another question.", "prefix")]
    [InlineData("A question that begins another question. But this one goes on. Answer now!", "longest")]
    public async Task AQuestionIsFoundInsideAPromptAndByItsChoices(string prompt, string answer)
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Suites:0", file));

        Assert.Equal(answer, await simulator.AskAsync("maker/big@v1", prompt));
    }

    [Theory]
    [InlineData("What is 17 * 23?")]
    [InlineData("Is this a Short one? Or not?")]
    public async Task WhatWasNotRecordedIsNotMadeUp(string question)
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Suites:0", file));

        Assert.Contains("simulation", await simulator.AskAsync("small", question), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FaultsHitReplayedModelsToo()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Suites:0", file));

        using var put = await simulator.Http.PutAsJsonAsync("simulator/faults/maker/big@v1", new { fault = "empty" }, TestContext.Current.CancellationToken);

        Assert.True(put.IsSuccessStatusCode);
        Assert.Equal("", await simulator.AskAsync("maker/big@v1", "Short one?"));
    }

    [Fact]
    public async Task ASuiteThatIsNoneEndsTheStartAndIsNamed()
    {
        await File.WriteAllTextAsync(file + ".bad", "{\"id\":1}", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => Simulator.StartAsync(("Simulator:Suites:0", file + ".bad")));

        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        File.Delete(file);
        File.Delete(file + ".bad");
    }

    private static string Item(string id, string question, string[]? choices, params (string Model, string Text)[] responses) =>
        JsonSerializer.Serialize(new { id, kind = "choice", question, choices, gold = "A", responses = responses.Select(r => new { model = r.Model, text = r.Text }) });
}
