using System.Text.Json;

namespace Consensus.Core.Answers;

/// <summary>What kind of answer is expected and how two are compared.</summary>
public sealed record AnswerForm
{
    /// <summary>Detect the kind, compare exactly.</summary>
    public static AnswerForm Auto { get; } = new();

    /// <summary>The kind to read, or <see cref="AnswerKind.Auto"/>.</summary>
    public AnswerKind Kind { get; init; }

    /// <summary>The options of a choice, the first is A. With <see cref="AnswerKind.Auto"/> and options given, the kind is <see
    /// cref="AnswerKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The greatest absolute difference at which two numbers are the same answer, ≥ 0.</summary>
    public double Tolerance { get; init; }

    /// <summary>Whether a JSON answer has a vote; <c>null</c> lets every JSON value vote.</summary>
    public Func<JsonElement, bool>? Accepts { get; init; }
}
