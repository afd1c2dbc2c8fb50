using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Wording;

namespace Consensus.ModelSimulator.Judging;

/// <summary>What a model thinks of a question's answers: those that agree with its own answer are right to it.</summary>
/// <param name="Problem">The question; <c>null</c> when the model does not understand it.</param>
/// <param name="Own">The answer that the model itself gives; <c>null</c> in the same case.</param>
internal sealed record Opinion(Problem? Problem, Answer? Own)
{
    /// <summary>Whether a text gives the model's own answer; <c>null</c> when it has none.</summary>
    public bool? Agrees(string text) => Own is null ? null : StatedAnswer.Is(Own, Own == Problem!.Right ? Problem.Aliases : [], text);

    /// <summary>Why, in a sentence.</summary>
    public string Reason(string text) => Agrees(text) switch
    {
        null => "A simulated judge does not understand this question, so it takes the middle.",
        true => $"My own answer is {Styles.Bare(Own!)}, and this one says so too.",
        false => $"My own answer is {Styles.Bare(Own!)}; this one says something else.",
    };
}
