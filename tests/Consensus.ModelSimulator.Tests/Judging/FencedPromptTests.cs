using System.Text.Json;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Judging;

public class FencedPromptTests
{
    private const string T = "0123456789abcdef";

    private static string Prompt(string shape, params (string Name, string Text)[] texts) =>
        string.Join("\n\n", texts.Prepend(("question", "What is 17 * 23?")).Select(t => $"<<<BEGIN {t.Item1} {T}>>>\n| {t.Item2.Replace("\n", "\n| ", StringComparison.Ordinal)}\n<<<END {t.Item1} {T}>>>"))
        + "\n\nReply by this schema:\n\n" + $$$"""{"type":"object","properties":{"ticket":{"type":"string"},{{{shape}}}}}""";

    private static async Task<JsonElement> AskAsync(string prompt, string? fault = null, params (string Key, string Value)[] settings)
    {
        await using var simulator = await Simulator.StartAsync([("Simulator:LatencyScale", "0"), .. settings]);
        using var response = await simulator.PostAsync(Simulator.Chat("ada", prompt), fault);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var answer = JsonElement.Parse(body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
        Assert.Equal(T, answer.GetProperty("ticket").GetString());
        return answer;
    }

    [Fact]
    public async Task ARankingPutsTheAnswersThatAgreeFirst()
    {
        var prompt = Prompt("""
            "rationale":{"type":"string"},"ranking":{"type":"array","items":{"type":"string","enum":["A","B","C"]}}
            """, ("answer A", "381"), ("answer B", "The answer is 391."), ("answer C", "I cannot know."));
        var ranking = (await AskAsync(prompt, null, ("Simulator:Models:ada:Skill:Categories:arithmetic", "1"))).GetProperty("ranking").Deserialize<string[]>()!;
        Assert.Equal("B", ranking[0]);
        Assert.Equal(["A", "B", "C"], ranking.Order());
    }

    [Fact]
    public async Task ASynthesisStatesTheDecidedAnswer()
    {
        var prompt = Prompt("""
            "answer":{"type":"string"}
            """, ("answer 1 held by 3 of 4", "391"), ("answer 2 held by 1 of 4", "381"), ("decided answer", "391"));
        Assert.EndsWith("The answer is 391.", (await AskAsync(prompt)).GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("381", "391", "change")]
    [InlineData("391", "381", "keep")]
    [InlineData("381", "371", "keep")]
    public async Task InADebateAModelChangesToAnAnswerThatItComesToItselfAndNamesItsError(string own, string other, string decision)
    {
        var prompt = Prompt("""
            "error":{"type":"string"},"decision":{"type":"string","enum":["keep","change"]},"answer":{"type":"string"}
            """, ("your answer", own), ("other answer 1", other));
        var said = await AskAsync(prompt, null, ("Simulator:Models:ada:Skill:Categories:arithmetic", "1"));
        Assert.Equal(decision, said.GetProperty("decision").GetString());
        Assert.Equal(decision == "change" ? other : "", said.GetProperty("answer").GetString());
        Assert.Equal(decision == "change", said.GetProperty("error").GetString()!.Length > 0);
    }

    [Fact]
    public async Task OffMenuSpoilsEveryWordOfAMenuAndNothingElse()
    {
        var prompt = Prompt("""
            "rationale":{"type":"string"},"better":{"type":"string","enum":["first","second","tie"]}
            """, ("first answer", "391"), ("second answer", "381"));
        var said = await AskAsync(prompt, "off_menu");
        Assert.Equal("off-menu", said.GetProperty("better").GetString());
        Assert.StartsWith("First: ", said.GetProperty("rationale").GetString(), StringComparison.Ordinal);
        Assert.Contains((await AskAsync(prompt)).GetProperty("better").GetString(), (string[])["first", "tie"]);
    }

    [Theory]
    [InlineData("What is 17 * 23?")]
    [InlineData("<<<BEGIN question 0123456789abcdef>>>\n| What is 17 * 23?\n<<<END question 0123456789abcdef>>>")]
    [InlineData("<<<BEGIN question 0123456789abcdef>>>\nWhat is 17 * 23?\n<<<END question 0123456789abcdef>>>\n{\"properties\":{\"ticket\":{}}}")]
    [InlineData("<<<BEGIN question 0123456789abcdef>>>\n| What is 17 * 23?\n{\"properties\":{\"ticket\":{}}}")]
    [InlineData("<<<BEGIN answer 0123456789abcdef>>>\n| 391\n<<<END answer 0123456789abcdef>>>\n{\"properties\":{\"ticket\":{}}}")]
    public void WhatHasNotTheWholeStructureIsAnOrdinaryQuestion(string message) => Assert.Null(FencedPrompt.Read(message));
}
