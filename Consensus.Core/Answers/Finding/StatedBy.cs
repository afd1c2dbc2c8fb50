namespace Consensus.Core.Answers.Finding;

/// <summary>How a text marks its answer.</summary>
internal enum StatedBy
{
    /// <summary>Not at all: the text is taken whole.</summary>
    Whole,

    /// <summary>As the member <c>answer</c> of a JSON object.</summary>
    Member,

    /// <summary>In <c>\boxed{}</c>.</summary>
    Boxed,

    /// <summary>After <c>####</c> at the end.</summary>
    Hashes,

    /// <summary>After words such as "the answer is".</summary>
    Cue,
}
