using Consensus.Core.Answers;
using Consensus.Core.Clustering;

namespace Consensus.Core.Benchmarks;

/// <summary>The right answer of a question, ready to be compared with answers that were read from texts.</summary>
public sealed class GoldAnswer
{
    private readonly Answer _gold;
    private readonly AnswerForm _declared;

    private GoldAnswer(Answer gold, AnswerForm declared) => (_gold, _declared) = (gold, declared);

    /// <summary>Reads the right answer under the kind that its suite declares.</summary>
    /// <param name="gold">A number as text, a letter, a literal or a text.</param>
    /// <param name="declared">The declared kind, with the choices; never <see cref="AnswerKind.Auto"/>.</param>
    /// <returns><c>null</c> where no answer of that kind can be read.</returns>
    /// <exception cref="ArgumentException">No kind is declared.</exception>
    public static GoldAnswer? Read(string gold, AnswerForm declared)
    {
        if (declared.Kind == AnswerKind.Auto)
        {
            throw new ArgumentException("The right answer is read under a declared kind.", nameof(declared));
        }

        return AnswerReader.ReadOne(gold, declared) is { } answer ? new GoldAnswer(answer, declared) : null;
    }

    /// <summary>Whether an answer says the same. One that was read under another kind counts as its shown text reads under the declared one.</summary>
    /// <param name="answer">The answer; <c>null</c>, where none was read, is never right.</param>
    public bool Is(Answer? answer)
    {
        var read = answer is null || answer.Kind == _gold.Kind ? answer : AnswerReader.ReadOne(answer.Text, _declared);
        return read is not null && AnswerClustering.Partition([_gold, read], _declared) is var labels && labels[0] == labels[1];
    }
}
