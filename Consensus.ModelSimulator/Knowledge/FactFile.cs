using System.Text.Json.Serialization;

namespace Consensus.ModelSimulator.Knowledge;

/// <summary>The file of facts: relations with many subjects, and single facts.</summary>
internal sealed record FactFile(IReadOnlyList<Relation> Relations, IReadOnlyList<SingleFact> Single);

/// <summary>Facts of one shape.</summary>
/// <param name="Category">The category that skills are set for.</param>
/// <param name="Say">A sentence in which <c>{0}</c> stands for the subject and <c>{1}</c> for the answer.</param>
/// <param name="Ask">Questions in which <c>{0}</c> stands for the subject.</param>
/// <param name="Facts">Rows of subject, answer and plausible wrong answers; other names stand behind <c>|</c>.</param>
internal sealed record Relation(string Category, string Say, IReadOnlyList<string> Ask, IReadOnlyList<IReadOnlyList<string>> Facts);

/// <summary>A fact of its own, with the questions that ask for it.</summary>
internal sealed record SingleFact(string Category, string Say, string Is, IReadOnlyList<string> Not, IReadOnlyList<string> Ask);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FactFile))]
internal sealed partial class FactJson : JsonSerializerContext;
