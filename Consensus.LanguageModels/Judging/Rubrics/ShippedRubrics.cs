using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;

namespace Consensus.LanguageModels.Judging.Rubrics;

/// <summary>The rubrics that this assembly carries as files, for configurations to begin with.</summary>
public static class ShippedRubrics
{
    /// <summary>The name of the rubric for questions of any kind.</summary>
    public const string AnswerQuality = "answer-quality";

    /// <summary>The name of the rubric for questions with one right answer.</summary>
    public const string Correctness = "correctness";

    private static readonly Rubric[] Files = [.. ShippedFiles.Of("rubrics").Select(file => JsonSerializer.Deserialize(file.Text, ConsensusJson.Default.Rubric)!)];

    /// <summary>All rubrics, by name and version.</summary>
    public static IReadOnlyList<Rubric> All => Files;

    /// <summary>The newest version of a rubric, or the one named as in <c>correctness@1</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such rubric.</exception>
    public static Rubric Get(string name) =>
        Array.FindLast(Files, rubric => rubric.Name == name || $"{rubric.Name}@{rubric.Version}" == name) ?? throw new KeyNotFoundException($"There is no rubric '{name}'.");
}
