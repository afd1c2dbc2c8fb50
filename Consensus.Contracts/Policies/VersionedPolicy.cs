namespace Consensus.Contracts.Policies;

/// <summary>A policy with its version.</summary>
/// <param name="Version">16 hexadecimal digits of a hash of its content.</param>
/// <param name="Policy">The policy.</param>
public sealed record VersionedPolicy(string Version, PolicyDocument Policy);

/// <summary>What became of a policy that was put.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Changed">Whether another was in force before.</param>
/// <param name="Stored">Whether it outlives the process: false where the run log is off.</param>
public sealed record PolicyReceipt(string Version, bool Changed, bool Stored);

/// <summary>A policy that came in force.</summary>
/// <param name="Version">Its version.</param>
/// <param name="PutAt">When.</param>
/// <param name="Source"><c>default</c>, <c>file</c> or <c>api</c>.</param>
/// <param name="KeyId">The key that put it; <c>null</c> without one.</param>
public sealed record PolicyChange(string Version, DateTimeOffset PutAt, string Source, string? KeyId);
