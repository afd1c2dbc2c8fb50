using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Answering;

/// <summary>A possible answer, right or wrong.</summary>
/// <param name="Text">The bare answer, as in <c>391</c>, <c>Paris</c>, <c>Yes</c>.</param>
internal sealed record Answer(string Text)
{
    /// <summary>The value, for a number.</summary>
    public Rational? Number { get; init; }

    /// <summary>The truth, for a yes-or-no question.</summary>
    public bool? Truth { get; init; }

    /// <summary>The letter, when it is one of the options in the prompt; <see cref="Text"/> is then the option's text.</summary>
    public char? Letter { get; init; }

    /// <summary>Whether the number is an amount of dollars.</summary>
    public bool Dollars { get; init; }

    public static Answer Of(Rational number, bool dollars = false) => new(number.ToString()) { Number = number, Dollars = dollars };
}

/// <summary>A question that was understood, with its right answer and the wrong ones that models fall for.</summary>
internal sealed record Problem
{
    /// <summary>The category that skills are set for: <c>arithmetic</c>, <c>word_problem</c>, <c>comparison</c> or that of a fact.</summary>
    public required string Category { get; init; }

    /// <summary>A sentence of working, in which <c>{0}</c> stands for the answer given.</summary>
    public required string Working { get; init; }

    public required Answer Right { get; init; }

    /// <summary>Plausible wrong answers, at least one, none equal to another or to the right one.</summary>
    public required IReadOnlyList<Answer> Wrong { get; init; }

    /// <summary>Other names of the right answer.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
