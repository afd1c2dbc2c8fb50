using System.Text.Json;
using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Reads a JSON value; members in any order, numbers by value. Python's style is read as JSON.</summary>
internal static class JsonAnswer
{
    private const int MaxAttempts = 16;

    public static Answer? Read(ModelReading reading, Func<JsonElement, bool>? accepts)
    {
        if (reading.IsRefusal || Value(reading.Text) is not { } value)
            return null;
        var inner = Unwrapped(value);
        if (accepts is null)
            return Make(inner ?? value);
        return Accepted(value, accepts) ?? (inner is null ? null : Accepted(inner, accepts));
    }

    /// <summary>The JSON value that a text gives: a fenced block, the whole text, what a cue announces, or its last object or array.</summary>
    public static Literal? Value(string text)
    {
        if (Fences.Last(text) is { } fenced && LiteralParser.Whole(fenced) is { } block)
            return block;
        if (LiteralParser.Whole(text) is { } whole)
            return whole;
        if (AnswerCue.Last(text).Statement is { } cue && (CodeAnswer.Literal(cue.Rest) ?? CodeAnswer.Literal(cue.Text)) is { } announced)
            return announced;
        return LastCollection(text);
    }

    private static Literal? LastCollection(string text)
    {
        Literal? found = null;
        var from = 0;
        for (var attempt = 0; attempt < MaxAttempts && from < text.Length && text.AsSpan(from).IndexOfAny('{', '[') is >= 0 and var at; attempt++)
        {
            if (LiteralParser.Prefix(text.AsSpan(from + at), out var length) is { } value and (MapLiteral or SequenceLiteral { Kind: SequenceKind.List }))
            {
                found = value;
                from += at + length;
            }
            else
            {
                from += at + 1;
            }
        }
        return found;
    }

    /// <summary>The member <c>answer</c> of an object that has a member for the reasoning beside it, or nothing else.</summary>
    private static Literal? Unwrapped(Literal value)
    {
        if (value is not MapLiteral map || (map.Find("answer") ?? map.Find("final_answer")) is not { } answer)
            return null;
        if (map.Members.Count > 1 && !AnswerMember.Reasoning.Append("confidence").Any(name => map.Find(name) is not null))
            return null;
        return answer is TextLiteral text && LiteralParser.Whole(text.Value) is { } inner and (MapLiteral or SequenceLiteral) ? inner : answer;
    }

    private static Answer? Accepted(Literal value, Func<JsonElement, bool> accepts)
    {
        var answer = Make(value);
        return accepts(answer.Value) ? answer : null;
    }

    private static Answer Make(Literal value)
    {
        var json = LiteralForm.Json(value);
        return new Answer(AnswerKind.Json, json.GetRawText(), LiteralForm.CanonicalJson(value), json);
    }
}
