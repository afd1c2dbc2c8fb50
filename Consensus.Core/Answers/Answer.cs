using System.Text.Json;

namespace Consensus.Core.Answers;

/// <summary>An answer as read from one text.</summary>
/// <param name="Kind">Its type, never <see cref="AnswerKind.Auto"/>.</param>
/// <param name="Text">The answer alone, readable, without the reasoning around it.</param>
/// <param name="Key">The normal form: typed answers with equal keys are the same answer. For <see cref="AnswerKind.Text"/> equality of keys is sufficient,
/// not necessary.</param>
/// <param name="Value">The typed value for the wire: a JSON number, boolean, string (choice: the letter; code: the literal in normal form; text: the text)
/// or the JSON value itself.</param>
/// <param name="Number">The numeric value of a <see cref="AnswerKind.Number"/>, else NaN.</param>
public sealed record Answer(AnswerKind Kind, string Text, string Key, JsonElement Value, double Number = double.NaN);
