namespace Consensus.Core.Learning;

/// <summary>Fits the learned vote.</summary>
/// <remarks>
/// The conditional logit of McFadden (1974) over the votes, at the maximum of the likelihood times Gaussian priors: the weights toward 0.6 of the log-odds weights of
/// Nitzan and Paroush (1982), deviations by category or length toward 0 (ridge: Hoerl and Kennard 1970; as a hierarchical model: Gelman and Hill 2007, chapter 12). A
/// negative weight is allowed: a vote may speak against an answer.
/// </remarks>
public static class LearnedVote
{
    /// <summary>Fits the weights.</summary>
    /// <param name="questions">Labelled questions, at least one with a vote.</param>
    /// <param name="shape">The groups of coefficients.</param>
    /// <exception cref="ArgumentException">There is no question.</exception>
    public static LearnedWeights Fit(IReadOnlyList<LabelledVotes> questions, LearnedShape shape)
    {
        if (questions.Count == 0)
        {
            throw new ArgumentException("A learned vote is fitted to labelled questions, of which there are none.", nameof(questions));
        }

        var design = new LearnedDesign(questions, shape);
        var theta = ConditionalLogit.Fit([.. questions.Select(design.Choices)], design.Prior, design.Precision);
        return design.Weights(theta);
    }
}
