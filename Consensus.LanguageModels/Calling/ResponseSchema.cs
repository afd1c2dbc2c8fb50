using System.Text.Json;

namespace Consensus.LanguageModels.Calling;

/// <summary>The JSON that an answer is to be.</summary>
/// <param name="Name">A name for the provider: letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Schema">The JSON schema.</param>
/// <param name="Strict">Whether the provider is to hold the model to it: then its objects have every member required and no others. Else it is a hint.</param>
public sealed record ResponseSchema(string Name, JsonElement Schema, bool Strict = true);
