using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>Reads what concerns judge jobs, with every violation at once.</summary>
internal static class JudgeJobReader
{
    public static readonly string[] Names = ["state", "run", "limit", "cursor"];

    private const TextRules Name = TextRules.OneLine | TextRules.NotBlank;

    /// <summary>The worker that begins an attempt.</summary>
    public static string? Worker(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, "worker") is not { } request)
        {
            return null;
        }

        if (!request.Has("worker"))
        {
            violations.Add("worker", FieldCodes.Required, "The worker's name is needed.");
        }

        return request.Text("worker", Name, Limits.ModelCharacters);
    }

    /// <summary>Which run is to be judged, and by which rubric.</summary>
    /// <param name="body">The body.</param>
    /// <param name="config">The configuration in force; without one any rubric is taken, as nothing is judged.</param>
    /// <param name="violations">What is wrong.</param>
    public static JudgeJobRequest? Request(JsonElement body, ScoringConfig? config, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, "runId", "rubric") is not { } request)
        {
            return null;
        }

        var runId = Id(request, "runId", "The run to be judged is needed.");
        var rubric = request.Text("rubric", Name, Limits.LabelCharacters);
        if (rubric is not null && config is not null)
        {
            CheckRubric(rubric, "rubric", config, violations);
        }

        return violations.None ? new JudgeJobRequest(runId!.Value, rubric) : null;
    }

    /// <summary>Adds a violation for a rubric that the configuration does not have.</summary>
    public static void CheckRubric(string rubric, string field, ScoringConfig config, Violations violations)
    {
        if (config.Rubrics.All(r => r.Name != rubric))
        {
            violations.Add(field, FieldCodes.InvalidValue, $"There is no rubric {Shown.Text(rubric)}.", Allowed.Names(config.Rubrics.Select(r => r.Name)));
        }
    }

    /// <summary>A required id.</summary>
    public static Guid? Id(ObjectReader request, string name, string needed)
    {
        if (!request.Has(name))
        {
            request.Violations.Add(request.Field(name), FieldCodes.Required, needed);
            return null;
        }

        return request.Text(name, TextRules.Any) is { } text ? Id(text, request.Field(name), request.Violations) : null;
    }

    /// <summary>The query of the listing.</summary>
    public static JudgeJobFilter Filter(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, Names, violations);
        return new JudgeJobFilter
        {
            State = QueryReader.OneOf<JudgeJobState>(query, "state", violations),
            RunId = QueryReader.Given(query, "run") is { } run ? Id(run, "run", violations) : null,
            Cursor = QueryReader.Cursor(query, violations),
            Limit = QueryReader.Limit(query, violations) ?? Limits.DefaultPageSize,
        };
    }

    public static Guid? Id(string text, string field, Violations violations)
    {
        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        violations.Add(field, FieldCodes.InvalidValue, $"{Shown.Text(text)} is not an id.", Allowed.Words("a UUID with hyphens"));
        return null;
    }
}
