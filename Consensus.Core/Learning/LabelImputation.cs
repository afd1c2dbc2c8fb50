using Consensus.Core.Numerics;

namespace Consensus.Core.Learning;

/// <summary>Fills in which answer is right where only one answer is known to be wrong.</summary>
/// <remarks>
/// To learn from right answers alone and leave the wrong ones out would teach that models are nearly always right. What is missing is drawn instead from what the vote counts
/// say of the other answers and of "none is right", fitted and drawn in turns (stochastic EM: Celeux and Diebolt 1985; single imputation: Little and Rubin 2002, chapter 4).
/// Counts know no names, so what is drawn favours no model, and a gain of weights by name is if anything understated.
/// </remarks>
public static class LabelImputation
{
    private const int Turns = 10;

    /// <summary>The questions with a label each.</summary>
    /// <param name="questions">Any number; what is known stays as it is.</param>
    /// <param name="seed">Of the draws.</param>
    public static IReadOnlyList<LabelledVotes> Complete(IReadOnlyList<PartlyLabelled> questions, ulong seed)
    {
        LabelledVotes[] labelled = [.. questions.Select(static q => new LabelledVotes(q.Panel, q.Right ?? LabelledVotes.NoneRight))];
        int[] unknown = [.. Enumerable.Range(0, labelled.Length).Where(i => questions[i].Right is null)];
        if (unknown.Length == 0)
        {
            return labelled;
        }

        var random = new SeededRandom(seed);
        for (var turn = 0; turn < Turns; turn++)
        {
            var counts = VoteCount.Fit(labelled);
            foreach (var i in unknown)
            {
                var chances = counts.Posterior(labelled[i].Panel);
                chances[questions[i].Wrong] = 0;
                var drawn = Draw(chances, random);
                labelled[i] = labelled[i] with { Right = drawn == labelled[i].Panel.ClusterCount ? LabelledVotes.NoneRight : drawn };
            }
        }

        return labelled;
    }

    private static int Draw(double[] chances, SeededRandom random)
    {
        var left = random.NextDouble() * chances.Sum();
        for (var k = 0; k < chances.Length - 1; k++)
        {
            left -= chances[k];
            if (left < 0)
            {
                return k;
            }
        }

        return chances.Length - 1;
    }
}
