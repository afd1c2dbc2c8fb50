using Consensus.Contracts.Errors;
using Consensus.Contracts.Keys;

namespace Consensus.Storage.Keys;

/// <summary>A key to be made, or everything that is wrong with it.</summary>
/// <param name="Key">The key; <c>null</c> when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record KeyReading(NewKey? Key, IReadOnlyList<FieldError> Errors, int Count);
