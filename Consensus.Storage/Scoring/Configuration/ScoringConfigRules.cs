using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>The values of a scoring configuration, one rule after the other.</summary>
internal static class ScoringConfigRules
{
    private const int NamesListed = 100;
    private const double MostWeight = 1_000;

    public static void Check(JsonElement json, KnownToScoring known, DocumentErrors errors)
    {
        Within(json, "samplingRate", "", 0, 1, errors);
        Judges(json, known.Models, errors);
        Anchored(json, errors);
        var names = RubricRules.Check(json, known.Rubrics, errors);
        if (json.Text("rubric") is { } rubric && json.List("rubrics") is not null && !names.Contains(rubric))
        {
            errors.Add("rubric", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(rubric)} is none of `rubrics`.", names.Take(NamesListed));
        }

        Within(json.Object("pairwise"), "maxCandidates", "pairwise.", 2, 10, errors);
        Within(json.Object("claims"), "maxClaims", "claims.", 1, 50, errors);
        var thresholds = json.Object("thresholds");
        Within(thresholds, "lowScore", "thresholds.", 0, 1, errors);
        Within(thresholds, "lowAlpha", "thresholds.", -1, 1, errors);
        Within(thresholds, "unscoredShare", "thresholds.", 0, 1, errors);
        var jobs = json.Object("jobs");
        Within(jobs, "maxAttempts", "jobs.", 1, 20, errors);
        Within(jobs, "timeoutSeconds", "jobs.", 1, 3_600, errors);
        Within(jobs, "concurrency", "jobs.", 1, 64, errors);
        Within(jobs, "maxOutputTokens", "jobs.", 64, Limits.MaxOutputTokens, errors);
    }

    private static void Judges(JsonElement json, IReadOnlyCollection<string>? models, DocumentErrors errors)
    {
        var judges = json.List("judges") ?? [];
        if (judges.Count > Limits.Judges)
        {
            errors.Add("judges", FieldCodes.TooMany, $"There are {judges.Count} judges.", $"at most {Limits.Judges}");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < judges.Count; i++)
        {
            Within(judges[i], "weight", $"judges[{i}].", -MostWeight, MostWeight, errors);
            if (judges[i].Text("model") is not { } model)
            {
                continue;
            }

            var path = $"judges[{i}].model";
            if (model.Length is 0 or > Limits.ModelCharacters || model.Any(char.IsControl))
            {
                errors.Add(path, FieldCodes.InvalidValue, "This cannot be the id of a model.", $"1 to {Limits.ModelCharacters} characters, none of them a control character");
            }
            else if (models is not null && !models.Contains(model))
            {
                errors.Add(path, FieldCodes.UnknownModel, $"The model {DocumentErrors.Shown(model)} is not configured.", models.Take(NamesListed));
            }

            if (!seen.Add(model))
            {
                errors.Add(path, FieldCodes.Duplicate, $"The judge {DocumentErrors.Shown(model)} stands in the list already.");
            }
        }
    }

    /// <summary>What <c>anchored</c> takes: pairs, and a weight for each judge, not all of them nought.</summary>
    private static void Anchored(JsonElement json, DocumentErrors errors)
    {
        if (json.Object("panel")?.Text("aggregation") != WireName.Of(PanelAggregation.Anchored))
        {
            return;
        }

        if (!(json.Object("pairwise") ?? default).IsTrue("enabled"))
        {
            errors.Add("panel.aggregation", FieldCodes.Contradiction, "`anchored` weighs votes on pairs, and `pairwise.enabled` is false.");
        }

        var judges = json.List("judges") ?? [];
        for (var i = 0; i < judges.Count; i++)
        {
            if (judges[i].ValueKind == JsonValueKind.Object && judges[i].Number("weight") is null)
            {
                errors.Add($"judges[{i}].weight", FieldCodes.Required, "Under `anchored` every judge has a weight.");
            }
        }

        if (judges.All(static judge => judge.Number("weight") is null or 0))
        {
            errors.Add("panel.aggregation", FieldCodes.Contradiction, "Under `anchored` at least one judge has a weight that is not 0.");
        }
    }

    private static void Within(JsonElement? json, string name, string prefix, double least, double most, DocumentErrors errors)
    {
        if (json?.Number(name) is { } value)
        {
            errors.Range(prefix + name, value, value >= least && value <= most, $"{least} to {most}");
        }
    }
}
