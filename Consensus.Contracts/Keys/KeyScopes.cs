namespace Consensus.Contracts.Keys;

/// <summary>What a key may do. No scope implies another.</summary>
public static class KeyScopes
{
    /// <summary>Start runs and erase one's own.</summary>
    public const string Run = "run";

    /// <summary>Look up runs, models and strategies.</summary>
    public const string Read = "read";

    /// <summary>See and erase the runs of every key; administration.</summary>
    public const string Admin = "admin";

    /// <summary>Judge: for the scoring worker only.</summary>
    public const string Worker = "worker";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Run, Read, Admin, Worker];
}
