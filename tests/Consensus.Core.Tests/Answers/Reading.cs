using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

/// <summary>Reads one text, for tables of examples.</summary>
internal static class Reading
{
    public static string? Key(AnswerKind kind, string text, params string[] choices) =>
        AnswerReader.ReadOne(text, new AnswerForm { Kind = kind, Choices = choices })?.Key;
}
