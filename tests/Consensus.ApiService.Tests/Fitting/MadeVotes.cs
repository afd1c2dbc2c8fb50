using Consensus.Core.Learning;
using Consensus.Core.Numerics;

namespace Consensus.ApiService.Tests.Fitting;

/// <summary>Labelled votes of models whose skill is known.</summary>
internal static class MadeVotes
{
    public static LabelledVotes[] Of(int questions, double[] skill, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, questions).Select(_ => Question())];

        LabelledVotes Question()
        {
            int[] answers = [.. skill.Select(s => random.NextDouble() < s ? 0 : 1 + random.Next(3))];
            var seen = answers.Distinct().Order().ToList();
            ModelVote[] votes = [.. answers.Select((a, i) => new ModelVote($"m{i}", seen.IndexOf(a), 3))];
            return new LabelledVotes(new PanelVotes { Votes = votes, ClusterCount = seen.Count }, seen.IndexOf(0));
        }
    }
}
