using System.Collections.Concurrent;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Testing;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Suites;

/// <summary>Recorded answers of real models go through <c>POST /v1/consensus/aggregate</c>: what a client gets is as accurate as the core is.</summary>
public sealed class SuiteAggregateTests(ITestOutputHelper output)
{
    private const int Callers = 2;

    [Theory]
    [InlineData("gsm8k-mid9", .905)]
    [InlineData("gsm8k-frontier5", .963)]
    [InlineData("crux7", .855)]
    [InlineData("mmlu-pro-diverse9", .653)]
    [InlineData("mmlu-pro-mid7", .517)]
    public async Task MajorityOfAnAggregateIsAsAccurateAsTheSuiteAllows(string suite, double required)
    {
        var items = SuiteFolder.Read(suite);
        await using var api = await ApiApp.StartAsync(
            new Dictionary<string, string> { ["RunLog:Enabled"] = "false" }, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        var client = new ConsensusClient(api.Http);
        var scores = new ConcurrentBag<double>();
        var unread = new ConcurrentDictionary<string, int>();

        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = TestContext.Current.CancellationToken }, async (item, cancelled) =>
        {
            var run = await client.AggregateAsync(Request(item), cancelled);
            scores.Add(Score(run, item));
            foreach (var candidate in run.Candidates!.Where(c => c.Status == CandidateStatus.NoAnswer))
            {
                unread.AddOrUpdate(candidate.Model, 1, (_, n) => n + 1);
            }
        });

        var accuracy = scores.Sum() / items.Count;
        output.WriteLine($"{suite}: majority {accuracy:F4} of {items.Count}");
        foreach (var (model, count) in unread.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {model}: {(double)count / items.Count:P1} without an extracted answer");
        }

        Assert.True(accuracy >= required, $"{accuracy:F4} is below {required}.");
    }

    private static AggregateRequest Request(SuiteItem item) => new()
    {
        Answers = [.. item.Responses.Select(r => new AggregateAnswer { Model = r.Model, Text = r.Text })],
        Prompt = item.Question,
        Category = item.Category,
        Answer = new AnswerRequest { Kind = Enum.Parse<AnswerKindName>(item.Kind, ignoreCase: true), Choices = item.Choices },
    };

    /// <summary>The leading set scores, whatever the outcome: a t-way tie that holds the gold counts 1/t.</summary>
    private static double Score(ConsensusResponse run, SuiteItem item)
    {
        var form = new AnswerForm { Kind = Enum.Parse<AnswerKind>(item.Kind, ignoreCase: true), Choices = item.Choices ?? [] };
        var gold = AnswerReader.ReadOne(item.Gold, form)!.Key;
        var leaders = run.Clusters.Where(c => c.Size == run.Clusters[0].Size).ToArray();
        return leaders.Any(c => AnswerReader.ReadOne(c.Answer.Text, form)?.Key == gold) ? 1.0 / leaders.Length : 0;
    }
}
