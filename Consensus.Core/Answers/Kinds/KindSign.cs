using System.Runtime.InteropServices;
using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Kinds;

/// <summary>The kind that one text shows by itself.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Member">The text of the member <c>answer</c>, when the answer is one: <c>{"answer": "816"}</c>. It may be meant as what it reads like, or as
/// the text of a program; only the other answers can tell.</param>
/// <param name="Literal">The literal that the member's text is, or <c>null</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KindSign(AnswerKind Kind, string? Member = null, Literal? Literal = null)
{
    /// <summary>Whether other answers can give it another meaning: they can only make a member's text a literal of code.</summary>
    public bool IsFirm => Kind == AnswerKind.Code || Member is null;

    /// <summary>Whether it is a text that the model set in quotes inside its member: <c>{"answer": "'816'"}</c>.</summary>
    public bool IsQuoted => Literal is TextLiteral;
}
