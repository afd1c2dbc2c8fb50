namespace Consensus.ApiService.Auth;

/// <summary>What a key may do. No scope implies another.</summary>
internal static class Scopes
{
    /// <summary>Start runs and erase one's own.</summary>
    public const string Run = "run";

    /// <summary>Look up runs, models and strategies.</summary>
    public const string Read = "read";

    /// <summary>See and erase the runs of every key; administration.</summary>
    public const string Admin = "admin";

    /// <summary>Judge: for the scoring worker only.</summary>
    public const string Worker = "worker";

    public static readonly string[] All = [Run, Read, Admin, Worker];
}

/// <summary>Names of authorization policies that are more than one scope.</summary>
internal static class Policies
{
    /// <summary>What can be asked for: of use to those who run and to those who read.</summary>
    public const string RunOrRead = "run or read";

    /// <summary>What those who judge need too.</summary>
    public const string RunReadOrWorker = "run, read or worker";

    /// <summary>The metrics: open where only this machine can connect, else for <c>read</c> and <c>admin</c>.</summary>
    public const string Metrics = "read or admin";
}
