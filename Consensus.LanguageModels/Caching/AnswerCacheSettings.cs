namespace Consensus.LanguageModels.Caching;

/// <summary>How answers are kept.</summary>
/// <param name="Ttl">For how long.</param>
/// <param name="MemoryBytes">The most that answers may take in this process.</param>
/// <param name="Shared">Whether one key's answer serves another's equal question.</param>
public sealed record AnswerCacheSettings(TimeSpan Ttl, long MemoryBytes, bool Shared);
