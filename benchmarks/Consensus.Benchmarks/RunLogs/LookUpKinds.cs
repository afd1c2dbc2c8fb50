using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>The look-ups that are measured: each filter alone, with and without a range of time, and every two and three of them, whether or not a run has all.</summary>
internal static class LookUpKinds
{
    private static readonly RunStatus[] Statuses = [RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled];
    private static readonly Outcome[] Outcomes = [Outcome.Consensus, Outcome.Plurality, Outcome.NoConsensus, Outcome.QuorumNotMet];
    private static readonly string[] Strategies = ["majority", "weighted", "learned", "debate", "cascade", "ranked"];

    private static readonly (string Name, Func<RunFilter, Random, RunFilter> With)[] Single =
    [
        ("key", static (filter, random) => filter with { KeyId = "team-" + random.Next(20) }),
        ("outcome", static (filter, random) => filter with { Outcome = Outcomes[random.Next(Outcomes.Length)] }),
        ("status", static (filter, random) => filter with { Status = Statuses[random.Next(Statuses.Length)] }),
        ("strategy", static (filter, random) => filter with { Strategy = Strategies[random.Next(Strategies.Length)] }),
        ("model", static (filter, random) => filter with { Model = "sim/model-" + random.Next(12) }),
        ("tag", static (filter, random) => filter with { Tag = random.Next(20) == 0 ? "rare" : "tag-" + random.Next(200) }),
        ("hasScore", static (filter, random) => filter with { HasScore = random.Next(2) == 0 }),
    ];

    /// <summary>The names of the look-ups, and what each asks with values that are drawn.</summary>
    /// <param name="runs">How many runs the log has.</param>
    public static IEnumerable<(string Name, Func<Random, RunFilter> Filter)> All(long runs)
    {
        yield return ("no filter", static _ => new RunFilter());
        yield return ("no filter, from and to", random => Within(new RunFilter(), random, runs));
        foreach (var (name, with) in Single)
        {
            yield return (name, random => with(new RunFilter(), random));
            yield return (name + ", from and to", random => Within(with(new RunFilter(), random), random, runs));
        }

        for (var i = 0; i < Single.Length; i++)
        {
            for (var j = i + 1; j < Single.Length; j++)
            {
                var (first, second) = (Single[i], Single[j]);
                yield return ($"{first.Name}, {second.Name}", random => second.With(first.With(new RunFilter(), random), random));
            }
        }

        // A drawn key and a drawn tag seldom meet: this is the key that uses the tag.
        yield return ("key, tag of the key", static random => OfKey(random.Next(200)));
        for (var i = 0; i < Single.Length; i++)
        {
            for (var j = i + 1; j < Single.Length; j++)
            {
                for (var k = j + 1; k < Single.Length; k++)
                {
                    var (first, second, third) = (Single[i], Single[j], Single[k]);
                    yield return (
                        $"{first.Name}, {second.Name}, {third.Name}", random => third.With(second.With(first.With(new RunFilter(), random), random), random));
                }
            }
        }
    }

    private static RunFilter OfKey(int tag) => new() { KeyId = $"team-{tag % 20}", Tag = $"tag-{tag}" };

    /// <summary>A day somewhere in the log.</summary>
    private static RunFilter Within(RunFilter filter, Random random, long runs)
    {
        var from = FilledLog.Start.AddTicks(random.NextInt64(runs) * FilledLog.Apart);
        return filter with { From = from, To = from.AddDays(1) };
    }
}
