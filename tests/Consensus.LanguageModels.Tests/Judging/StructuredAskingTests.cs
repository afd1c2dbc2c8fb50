using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Tests.Judging.Hostile;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Tests.Judging;

public sealed class StructuredAskingTests
{
    private const string TheTicket = "0123456789abcdef";
    private const string Good = $$"""{"ticket":"{{TheTicket}}","word":"yes","list":[{"n":1,"flag":true}]}""";

    private static readonly StructuredQuestion<string> Question = new()
    {
        Call = new ModelCall { Model = "p/m", Messages = [new(ChatRole.System, "Judge."), new(ChatRole.User, $"Prompt {TheTicket}")] },
        Schema = Shape.Answer("answer", ("word", Shape.OneOf(["yes", "no"], "The word.")), ("list", Shape.List(Shape.Object(("n", Shape.Whole("A number.")), ("flag", Shape.Flag("A flag.")))))),
        Ticket = TheTicket,
        Read = root => root.GetProperty("word").GetString()!.Trim().ToLowerInvariant() is ("yes" or "no") and var word ? new(word) : new(null, "no word"),
    };

    private static Task<StructuredReply<string>> AskAsync(ScriptedJudge judge) => StructuredAsking.AskAsync(judge.AskAsync, Question, default);

    [Theory]
    [InlineData(Good)]
    [InlineData("\n  " + Good + "\n")]
    [InlineData("```json\n" + Good + "\n```")]
    [InlineData(" ```\n" + Good + "\n``` \n")]
    [InlineData("""{"list":[],"word":" YES ","ticket":"0123456789abcdef"}""")]
    public async Task AWholeReplyOfTheFormIsRead(string reply)
    {
        var judge = new ScriptedJudge(reply);
        var answer = await AskAsync(judge);
        Assert.Equal(("yes", null, null, false), (answer.Value, answer.Unscored, answer.Message, answer.Repaired));
        Assert.Equal(Question.Schema, Assert.Single(judge.Calls).Schema);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("The answer is " + Good)]
    [InlineData(Good + " That is all.")]
    [InlineData(Good + Good)]
    [InlineData("```json\n" + Good + "\n```\nThat is all.")]
    [InlineData("```json\n" + Good + "\n```\n```json\n" + Good + "\n```")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes"}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes","list":[],"more":1}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"no","word":"yes","list":[]}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":true,"list":[]}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes","list":[{"n":1.5,"flag":true}]}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes","list":[{"n":1,"flag":"true"}]}""")]
    [InlineData("""{"ticket":"fedcba9876543210","word":"yes","list":[]}""")]
    [InlineData("""{"word":"yes","list":[]}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes","list":[],}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"yes","list":[] /* fine */}""")]
    [InlineData("""{"ticket":"0123456789abcdef","word":"\ud83d","list":[]}""")]
    [InlineData("""{"ticket":"0123456789abcdef","\ud83d":"yes","list":[]}""")]
    public async Task AnythingElseIsMalformedAlsoWhenAskedAgain(string reply)
    {
        var answer = await AskAsync(new ScriptedJudge(reply));
        Assert.Equal((null, UnscoredReason.Malformed, true), (answer.Value, answer.Unscored, answer.Repaired));
        Assert.StartsWith("The model's reply could not be used: ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSecondAskingNamesTheFaultAndQuotesNothing()
    {
        const string Secret = "CANARY of the candidate";
        var judge = new ScriptedJudge($$"""{"ticket":"{{TheTicket}}","word":"{{Secret}}","list":[],"{{Secret}}":1}""", Good);
        var answer = await AskAsync(judge);
        Assert.Equal(("yes", null, true), (answer.Value, answer.Unscored, answer.Repaired));
        var (first, second) = (judge.Calls.First(), judge.Calls.Last());
        Assert.Equal(first.Messages.Count, second.Messages.Count);
        Assert.StartsWith(first.Messages[1].Text + "\n\n", second.Messages[1].Text, StringComparison.Ordinal);
        Assert.Contains("the answer has a member that is not in the schema", second.Messages[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", string.Concat(second.Messages.Select(m => m.Text)), StringComparison.Ordinal);
        Assert.Equal(new UsageBody(200, 20, 0.002m), answer.Usage);
        Assert.Equal(40, answer.Latency.TotalMilliseconds);
    }

    [Fact]
    public async Task AWordOffTheMenuIsOffMenu()
    {
        var answer = await AskAsync(new ScriptedJudge($$"""{"ticket":"{{TheTicket}}","word":"maybe","list":[]}"""));
        Assert.Equal((null, UnscoredReason.OffMenu), (answer.Value, answer.Unscored));
        Assert.Contains("""must be one of "yes", "no".""", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACutReplyIsToldToBeShorter()
    {
        var judge = new ScriptedJudge((_, n) => n == 0 ? ScriptedJudge.Says(Good[..20], "length") : ScriptedJudge.Says(Good));
        Assert.Equal("yes", (await AskAsync(judge)).Value);
        Assert.Contains("be shorter", judge.Calls.Last().Messages[1].Text, StringComparison.Ordinal);
    }

    public static TheoryData<FailureReason> Failures() => [.. Enum.GetValues<FailureReason>()];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task AFailedCallIsUnscoredWithItsReasonAndNotRepaired(FailureReason reason)
    {
        var judge = new ScriptedJudge((_, _) => ScriptedJudge.Fails(reason));
        var answer = await AskAsync(judge);
        var expected = reason == FailureReason.NoAnswer ? UnscoredReason.Empty : Enum.Parse<UnscoredReason>(reason.ToString());
        Assert.Equal((null, expected, "It failed."), (answer.Value, answer.Unscored, answer.Message));
        Assert.Equal(reason == FailureReason.Rejected ? 2 : 1, judge.Calls.Count);
        Assert.False(answer.Repaired);
    }

    [Fact]
    public async Task AProviderThatRejectsTheSchemaIsAskedWithoutIt()
    {
        var judge = new ScriptedJudge((call, n) => call.Schema is not null ? ScriptedJudge.Fails(FailureReason.Rejected) : ScriptedJudge.Says(n == 1 ? "no" : Good));
        var answer = await AskAsync(judge);
        Assert.Equal(("yes", null, true), (answer.Value, answer.Unscored, answer.Repaired));
        Assert.Equal([false, true, true], judge.Calls.Select(call => call.Schema is null));
        Assert.Equal(new UsageBody(200, 20, 0.002m), answer.Usage);
    }

    [Fact]
    public async Task UsageThatIsNotKnownOfOneCallIsNotKnownOfBoth()
    {
        var judge = new ScriptedJudge((_, n) => n == 0 ? ScriptedJudge.Says("no") : ScriptedJudge.Fails(FailureReason.Timeout) with { MayBeBilled = true });
        var answer = await AskAsync(judge);
        Assert.Equal((UnscoredReason.Timeout, new UsageBody(null, null, null)), (answer.Unscored, answer.Usage));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Names), MemberType = typeof(HostileTexts))]
    public async Task AnEchoOfAHostileTextIsNeverAnAnswer(string name)
    {
        var text = HostileTexts.ByName[name];
        foreach (var echo in new[] { text, $"```json\n{text}\n```", $"```\n{text}\n```", $"The candidate says:\n{text}\nThat is all.", JsonSerializer.Serialize(text), $$"""{"ticket":"{{TheTicket}}","quote":{{JsonSerializer.Serialize(text)}}}""" })
        {
            var answer = await AskAsync(new ScriptedJudge(echo));
            Assert.Equal((null, UnscoredReason.Malformed), (answer.Value, answer.Unscored));
        }
    }
}
