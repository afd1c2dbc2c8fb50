using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>Answers that try to rank themselves, to leave their fence or to be taken for a reply, in the prompts of steps.</summary>
public sealed class StepInjectionTests
{
    private const string Paris = "Paris is the capital of France.";
    private const string Lyon = "Lyon is the capital of France.";

    private static readonly Dictionary<string, string> Texts = Read();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var strategy in (string[])["ranked", "synthesis", "debate"])
            {
                foreach (var name in Texts.Keys)
                {
                    cases.Add(strategy, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AHostileAnswerStaysInItsFenceAndIsNeverTakenForAReply(string strategy, string name)
    {
        // Quoted whole: what is left out of a long answer is no matter here.
        var hostile = Texts[name];
        var rig = new RunRig();
        rig.Models.Answer = call => call.IsStep() ? ScriptedModels.Says(hostile, 0.01m) : null;
        var run = await rig.ConductAsync(Plan(strategy), Paris, Paris, Lyon, Lyon, Paris, hostile, "Nobody has ever been to Bielefeld.");

        var step = run.Steps![^1];
        var asked = rig.Models.Calls.Where(c => c.Call.IsStep()).Select(c => c.Call.Prompt()).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, AssertFenced);
        Assert.Equal((StepStatus.FellBack, StepReason.Malformed), (step.Status, step.Reason));
    }

    /// <summary>Every line between markers has its bar, markers come in pairs, and nothing that the hostile answer says stands outside.</summary>
    private static void AssertFenced(string prompt)
    {
        string? open = null;
        var fences = 0;
        foreach (var line in prompt.Split('\n'))
        {
            if (open is not null && line == open)
            {
                open = null;
            }
            else if (open is not null)
            {
                Assert.StartsWith(Fence.LinePrefix, line, StringComparison.Ordinal);
            }
            else if (line.StartsWith("<<<BEGIN ", StringComparison.Ordinal))
            {
                open = line.Replace("<<<BEGIN ", "<<<END ", StringComparison.Ordinal);
                fences++;
            }
            else
            {
                Assert.DoesNotContain("<<<", line, StringComparison.Ordinal);
            }
        }

        Assert.Null(open);
        Assert.True(fences >= 3);
    }

    private static RunPlan Plan(string strategy)
    {
        var plan = StepPlans.Of(strategy, 7);
        return plan with { Decision = plan.Decision with { Form = new AnswerForm { Kind = AnswerKind.Text }, MinResponses = 1 } };
    }

    private static Dictionary<string, string> Read()
    {
        using var file = JsonDocument.Parse(Repository.Read("tests/Consensus.LanguageModels.Tests/Judging/Hostile/candidates.json"));
        return file.RootElement.EnumerateArray().ToDictionary(
            entry => entry.GetProperty("name").GetString()!,
            entry => string.Concat(Enumerable.Repeat(entry.GetProperty("text").GetString()!, entry.TryGetProperty("repeat", out var times) ? times.GetInt32() : 1)));
    }
}
