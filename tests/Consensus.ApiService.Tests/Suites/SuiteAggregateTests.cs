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
    private const double AllowedLoss = .005;

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

        var declared = await AccuracyAsync(client, items, auto: false);
        var detected = await AccuracyAsync(client, items, auto: true);

        output.WriteLine($"{suite}: majority {declared.Accuracy:F4} of {items.Count}, with kind auto {detected.Accuracy:F4}");
        foreach (var (model, count) in declared.Unread.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {model}: {(double)count / items.Count:P1} without an extracted answer, with kind auto "
                + $"{(double)detected.Unread.GetValueOrDefault(model) / items.Count:P1}");
        }

        Assert.True(declared.Accuracy >= required, $"{declared.Accuracy:F4} is below {required}.");
        Assert.True(detected.Accuracy >= declared.Accuracy - AllowedLoss, $"With kind auto {detected.Accuracy:F4}, with the declared kind {declared.Accuracy:F4}.");
    }

    private static async Task<(double Accuracy, ConcurrentDictionary<string, int> Unread)> AccuracyAsync(ConsensusClient client, IReadOnlyList<SuiteItem> items, bool auto)
    {
        var scores = new ConcurrentBag<double>();
        var unread = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = TestContext.Current.CancellationToken }, async (item, cancelled) =>
        {
            var run = await client.AggregateAsync(Request(item, auto), cancelled);
            scores.Add(Score(run, item));
            foreach (var candidate in run.Candidates!.Where(c => c.Status == CandidateStatus.NoAnswer))
            {
                unread.AddOrUpdate(candidate.Model, 1, (_, n) => n + 1);
            }
        });
        return (scores.Sum() / items.Count, unread);
    }

    private static AggregateRequest Request(SuiteItem item, bool auto) => new()
    {
        Answers = [.. item.Responses.Select(r => new AggregateAnswer { Model = r.Model, Text = r.Text })],
        Prompt = item.Question,
        Category = item.Category,
        Answer = new AnswerRequest { Kind = auto ? AnswerKindName.Auto : Enum.Parse<AnswerKindName>(item.Kind, ignoreCase: true), Choices = item.Choices },
    };

    /// <summary>
    /// The leading set scores, whatever the outcome: a t-way tie that holds the gold counts 1/t. Only what a cluster shows counts, read as the declared kind.
    /// </summary>
    private static double Score(ConsensusResponse run, SuiteItem item)
    {
        var gold = SuiteGold.Of(item);
        var leaders = run.Clusters.Where(c => c.Size == run.Clusters[0].Size).ToArray();
        return leaders.Any(c => gold.Is(c.Answer.Text)) ? 1.0 / leaders.Length : 0;
    }
}
