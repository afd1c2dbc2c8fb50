using System.Diagnostics;
using System.Text.Json;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Numerics;

namespace Consensus.Benchmarks.Judging;

/// <summary>The latencies of a pair of blocks in milliseconds.</summary>
internal sealed record BlockPair(double[] With, double[] Without);

/// <summary>Asks at a fixed rate, whatever the answers take (an open loop), so that a slow answer does not thin out the load.</summary>
internal sealed class JudgingLoad(ConsensusClient client, int rate, int seconds, ulong seed)
{
    private static readonly JsonElement Judged = JsonSerializer.SerializeToElement(true);
    private static readonly JsonElement NotJudged = JsonSerializer.SerializeToElement(false);

    // Another start each time, so that no question is one that a cache still knows.
    private int _first = Random.Shared.Next(100_000, 100_000_000);

    public async Task<IReadOnlyList<BlockPair>> RunAsync(int pairs, Action<string> tell, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed);
        await PairAsync(2, random, cancellationToken);
        tell("warmed up");
        List<BlockPair> all = [];
        for (var pair = 1; pair <= pairs; pair++)
        {
            all.Add(await PairAsync(seconds, random, cancellationToken));
            tell($"pair {pair}/{pairs}: median {Median(all[^1].With):0.00} ms with judging, {Median(all[^1].Without):0.00} ms without");
        }

        return all;
    }

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private async Task<BlockPair> PairAsync(int length, SeededRandom random, CancellationToken cancellationToken)
    {
        var first = _first;
        _first += rate * length;
        double[] with = [], without = [];
        foreach (var judge in random.Next(2) == 0 ? (bool[])[true, false] : [false, true])
        {
            var block = await BlockAsync(first, length, judge, cancellationToken);
            await DrainAsync(cancellationToken);
            await CheckAsync(judge, [block[0].RunId, block[^1].RunId], cancellationToken);
            double[] took = [.. block.Select(run => run.Milliseconds)];
            (with, without) = judge ? (took, without) : (with, took);
        }

        return new BlockPair(with, without);
    }

    private Task<(Guid RunId, double Milliseconds)[]> BlockAsync(int first, int length, bool judge, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, rate * length).Select(async i =>
        {
            var wait = TimeSpan.FromSeconds(i / (double)rate) - Stopwatch.GetElapsedTime(start);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            var asked = Stopwatch.GetTimestamp();
            var run = await client.AskAsync(
                new ConsensusRequest
                {
                    Prompt = $"What is {first + i} + {100 + (i * 37 % 900)}?",
                    Answer = new AnswerRequest { Kind = AnswerKindName.Number },
                    Judge = judge ? Judged : NotJudged,
                },
                cancellationToken);
            return (run.RunId, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }));
    }

    /// <summary>A block that was not judged as it was to be measures nothing.</summary>
    private async Task CheckAsync(bool judged, Guid[] runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            var scores = await client.GetRunScoresAsync(run, cancellationToken: cancellationToken);
            if (judged != scores.Scores.Any(score => score.Value is not null))
            {
                throw new InvalidOperationException($"The run {run} {(judged ? "has no grade" : "has grades")}.");
            }
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while ((await client.ListJudgeJobsAsync(new JudgeJobQuery { State = JudgeJobState.Pending, Limit = 1 }, cancellationToken)).Items.Count > 0)
        {
            await Task.Delay(200, cancellationToken);
        }
    }
}
