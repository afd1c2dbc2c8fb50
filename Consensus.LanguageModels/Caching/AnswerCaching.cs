namespace Consensus.LanguageModels.Caching;

/// <summary>For whom an answer is kept.</summary>
/// <param name="Owner">Whose it is: another's equal question does not find it, unless all share. <c>null</c>: of those who come without a key.</param>
/// <param name="Sample">Which sample of the model it is, from 0: each has an answer of its own.</param>
public sealed record AnswerCaching(string? Owner, int Sample = 0);

/// <summary>What the cache did for a call.</summary>
public enum CacheResult
{
    /// <summary>It had the answer.</summary>
    Hit,

    /// <summary>An equal call was on its way, and its end is taken.</summary>
    Joined,

    /// <summary>The model was asked, and its answer is kept.</summary>
    Asked,

    /// <summary>The model was asked, and what came is not kept: a failure, or an answer that did not end by itself.</summary>
    NotKept,
}
