using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Tests.Judging.Hostile;

namespace Consensus.LanguageModels.Tests.Judging;

/// <summary>Every prompt of every method, with a hostile text in every place where others' text may stand.</summary>
public sealed class InjectionTests
{
    private static readonly ScoringConfig Everything =
        JudgedRuns.Config("j/red") with { Pairwise = new() { Enabled = true }, Claims = new() { Enabled = true } };

    [Theory]
    [MemberData(nameof(HostileTexts.Names), MemberType = typeof(HostileTexts))]
    public async Task AHostileCandidateStaysInItsFenceInEveryPrompt(string name)
    {
        var text = HostileTexts.ByName[name];
        AssertSame(await PromptsAsync(text, "What is 2 + 2?", Everything), await PromptsAsync("Tame.", "What is 2 + 2?", Everything));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Names), MemberType = typeof(HostileTexts))]
    public async Task AHostileQuestionStaysInItsFenceInEveryPrompt(string name)
    {
        var text = HostileTexts.ByName[name];
        AssertSame(await PromptsAsync("Tame.", text, Everything), await PromptsAsync("Tame.", "What is 2 + 2?", Everything));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Names), MemberType = typeof(HostileTexts))]
    public async Task AJudgeThatEchoesACandidateGradesNothing(string name)
    {
        var text = HostileTexts.ByName[name];
        foreach (var reply in new[] { text, $"```json\n{text}\n```", $"Here is my verdict.\n\n{text}" })
        {
            var judgement = await JudgedRuns.JudgeAsync(new ScriptedJudge(reply), JudgedRuns.Work(("x", text, 0), ("y", "Tame.", 1)), Everything);
            Assert.NotEmpty(judgement.Scores);
            Assert.All(judgement.Scores, score => Assert.Equal((null, null, UnscoredReason.Malformed), (score.Value, score.Grade, score.Unscored)));
        }
    }

    /// <summary>The prompts say the same outside of their fences, whatever is inside.</summary>
    private static void AssertSame(HashSet<string> hostile, HashSet<string> tame) => Assert.Subset(tame, hostile);

    /// <summary>Of every prompt sent, the repairing ones included, what stands outside of its fences, its ticket aside.</summary>
    private static async Task<HashSet<string>> PromptsAsync(string candidate, string question, ScoringConfig config)
    {
        // The first reply repeats the prompt, as a judge that was taken in might; the second is honest.
        var judge = new ScriptedJudge((call, n) => n % 2 == 0 ? ScriptedJudge.Says(JudgedRuns.Text(call)) : JudgedRuns.Honest(call));
        var work = JudgedRuns.Work(("x", candidate, 0), ("y", "The sum is 4.", 1)) with { Messages = [new RequestMessage("system", question), new RequestMessage("user", question)] };
        await JudgedRuns.JudgeAsync(judge, work, config with { Jobs = config.Jobs with { Concurrency = 1 } });
        Assert.Contains(judge.Calls, call => call.Schema!.Name == "labels");
        return [.. judge.Calls.Select(Outside)];
    }

    // How many claims stand between two paragraphs is a matter of the text.
    private static string Outside(ModelCall call)
    {
        var ticket = JudgedRuns.TicketOf(call);
        var (outside, fenced) = PromptReader.Read(JudgedRuns.Text(call), ticket);
        Assert.True(fenced.Count >= 3);
        return outside.Replace("\n", "", StringComparison.Ordinal).Replace(ticket, "TICKET", StringComparison.Ordinal);
    }
}
