namespace Consensus.Contracts.Keys;

/// <summary>A key to be made.</summary>
/// <param name="Name">Its name for ever: lower-case letters, digits, dots and hyphens. The runs that it starts belong to this name.</param>
/// <param name="Scopes">What it may do: one or more of <c>run</c>, <c>read</c>, <c>admin</c>, <c>worker</c>.</param>
/// <param name="ExpiresAt">From when on it is not taken any more; <c>null</c>: until it is revoked.</param>
/// <param name="Limits">How much it may ask for.</param>
public sealed record NewKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, KeyLimits? Limits = null);

/// <summary>How a key is given a new secret.</summary>
/// <param name="GraceSeconds">How long the secret before it is still taken, in seconds; 0 when not given: not at all.</param>
public sealed record KeyRotation(int? GraceSeconds = null);
