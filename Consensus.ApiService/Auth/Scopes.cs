using Consensus.Contracts.Keys;

namespace Consensus.ApiService.Auth;

/// <inheritdoc cref="KeyScopes"/>
internal static class Scopes
{
    /// <inheritdoc cref="KeyScopes.Run"/>
    public const string Run = KeyScopes.Run;

    /// <inheritdoc cref="KeyScopes.Read"/>
    public const string Read = KeyScopes.Read;

    /// <inheritdoc cref="KeyScopes.Admin"/>
    public const string Admin = KeyScopes.Admin;

    /// <inheritdoc cref="KeyScopes.Worker"/>
    public const string Worker = KeyScopes.Worker;

    /// <inheritdoc cref="KeyScopes.All"/>
    public static IReadOnlyList<string> All => KeyScopes.All;
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
