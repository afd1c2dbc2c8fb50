using System.Text.Json;

namespace Consensus.LanguageModels.Calling;

/// <summary>The JSON that an answer is to be.</summary>
/// <param name="Name">A name for the provider: letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Schema">The JSON schema: objects with every member required and no others, which is what providers can hold a model to.</param>
public sealed record ResponseSchema(string Name, JsonElement Schema);
