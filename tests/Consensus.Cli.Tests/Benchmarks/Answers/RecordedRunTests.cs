using System.Text.Json;
using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks.Answers;

/// <summary>On the recorded answers of real models, against a reader of right answers that shares no code with the product.</summary>
public class RecordedRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("gsm8k-mid9")]
    [InlineData("gsm8k-frontier5")]
    [InlineData("crux7")]
    [InlineData("mmlu-pro-diverse9")]
    [InlineData("mmlu-pro-mid7")]
    public async Task AccuraciesAreThoseOfAnIndependentReader(string suite)
    {
        var path = SuiteFolder.PathOf(suite);
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("bench", "run", path, "--json", "-"));
        using var result = JsonDocument.Parse(terminal.Out);
        SchemaCheck.Validates("bench-run", result.RootElement);
        var (accuracy, byModel) = Independent(SuiteFile.Read(path));
        var measured = result.RootElement.GetProperty("accuracy").GetProperty("value").GetDouble();
        output.WriteLine($"{suite}: {measured:F4}, independently {accuracy:F4}");
        Assert.Equal(accuracy, measured, .003);
        foreach (var (model, share) in byModel)
        {
            var alone = result.RootElement.GetProperty("byModel").GetProperty(model).GetDouble();
            output.WriteLine($"  {model}: {alone:F4}, independently {share:F4}");
            // The independent reader knows no units, which a model alone may write after its number.
            Assert.InRange(alone, share - .005, share + .025);
        }
    }

    private static (double Accuracy, Dictionary<string, double> ByModel) Independent(IEnumerable<SuiteItem> suite)
    {
        var items = suite.ToArray();
        Dictionary<string, double> byModel = new(StringComparer.Ordinal);
        var total = 0.0;
        foreach (var item in items)
        {
            var gold = SuiteGold.Of(item);
            var decision = Decider.Decide(new DecisionInput
            {
                Candidates = [.. item.Responses.Select(static response => new CandidateText(response.Model, response.Model, response.Text))],
                Form = new AnswerForm { Kind = Enum.Parse<AnswerKind>(item.Kind, ignoreCase: true), Choices = item.Choices ?? [] },
            }, resample: false);
            var leaders = decision.Clusters.Where(cluster => cluster.Weight == decision.Clusters[0].Weight).ToArray();
            total += leaders.Any(cluster => gold.Is(decision.Answers[cluster.Representative]!.Text)) ? 1.0 / leaders.Length : 0;
            for (var i = 0; i < item.Responses.Count; i++)
            {
                byModel[item.Responses[i].Model] = byModel.GetValueOrDefault(item.Responses[i].Model)
                    + (decision.Answers[i] is { } answer && gold.Is(answer.Text) ? 1.0 / items.Length : 0);
            }
        }

        return (total / items.Length, byModel);
    }
}
