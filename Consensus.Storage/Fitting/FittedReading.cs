using Consensus.Contracts.Errors;

namespace Consensus.Storage.Fitting;

/// <summary>A fitted document that was read: what it says, or everything that is wrong with it.</summary>
/// <param name="State">What it says; <c>null</c> when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record FittedReading(FittedState? State, IReadOnlyList<FieldError> Errors, int Count);
