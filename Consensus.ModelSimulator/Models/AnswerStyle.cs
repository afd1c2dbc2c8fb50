namespace Consensus.ModelSimulator.Models;

/// <summary>How a model words an answer. Each takes another way to be read by a program.</summary>
internal enum AnswerStyle
{
    /// <summary>The bare answer: <c>391</c>.</summary>
    Terse,

    /// <summary>A sentence of working, then <c>The answer is 391.</c></summary>
    Reasoned,

    /// <summary>A fenced JSON object with <c>reasoning</c> and <c>answer</c>.</summary>
    Json,

    /// <summary>Working, then <c>**Final answer:** 391</c>.</summary>
    Markdown,

    /// <summary>LaTeX: <c>$\boxed{391}$</c>.</summary>
    Latex,
}
