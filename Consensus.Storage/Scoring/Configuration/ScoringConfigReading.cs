using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>A scoring configuration that was read: what it says, or everything that is wrong with it.</summary>
/// <param name="State">The configuration with its version; <c>null</c> when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record ScoringConfigReading(VersionedScoringConfig? State, IReadOnlyList<FieldError> Errors, int Count);
