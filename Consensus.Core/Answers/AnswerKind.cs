namespace Consensus.Core.Answers;

/// <summary>The type of an answer; decides how it is read from a text and when two are the same.</summary>
public enum AnswerKind
{
    /// <summary>Found from the answers themselves.</summary>
    Auto,

    /// <summary>Free text, clustered by similarity.</summary>
    Text,

    /// <summary>A number, equal within a tolerance.</summary>
    Number,

    /// <summary>One of given options.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A JSON value, equal by structure.</summary>
    Json,

    /// <summary>A literal in Python's or JSON's style, equal by value.</summary>
    Code,
}
