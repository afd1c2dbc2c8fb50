using Consensus.Core.Learning;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Learning;

/// <summary>Labelled questions of models whose skill is known: each is right with its own probability, else it gives one of the wrong answers.</summary>
internal static class MadePanel
{
    public static LabelledVotes[] Of(int questions, double[] skill, ulong seed, int wrongAnswers = 3, string[]? categories = null, Func<int, string?, double, double>? bend = null)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, questions).Select(_ => Question())];

        LabelledVotes Question()
        {
            var category = categories?[random.Next(categories.Length)];
            var answers = skill.Select((s, j) => random.NextDouble() < (bend?.Invoke(j, category, s) ?? s) ? 0 : 1 + random.Next(wrongAnswers)).ToArray();
            var seen = answers.Distinct().Order().ToList();
            return new LabelledVotes(
                new PanelVotes { Votes = [.. answers.Select((a, j) => new ModelVote(Name(j), seen.IndexOf(a), 100))], ClusterCount = seen.Count, Category = category },
                seen.IndexOf(0));
        }
    }

    public static string Name(int model) => $"m{model}";
}
