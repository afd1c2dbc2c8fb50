using Consensus.Core.Answers;

namespace Consensus.Core.Confidence;

/// <summary>
/// K_eff, the effective number of wrong alternatives: 1 + 1/P(two wrong models give the same wrong answer). Models share mistakes, so it is far smaller than the
/// number of possible answers. These defaults hold until it is learned from labelled runs.
/// </summary>
public static class EffectiveAlternatives
{
    /// <summary>The default for an answer's kind, between 2 (two wrong models always coincide) and 5.</summary>
    public static double Default(AnswerKind kind) => kind switch
    {
        AnswerKind.Boolean => 2,
        AnswerKind.Number => 3,
        AnswerKind.Choice => 3.5,
        _ => 5,
    };
}
