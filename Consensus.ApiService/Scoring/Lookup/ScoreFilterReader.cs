using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>Reads the queries of scores, with every violation at once.</summary>
internal static class ScoreFilterReader
{
    /// <summary>What the listing takes.</summary>
    public static readonly string[] OfListing = ["run", "job", "model", "judge", "rubric", "method", "min", "max", "unscored", "from", "to", "limit", "cursor"];

    /// <summary>What the scores of one run take.</summary>
    public static readonly string[] OfRun = ["job", "model", "judge", "rubric", "method", "min", "max", "unscored", "from", "to"];

    /// <summary>What the figures of models take: no part of a candidate's grades can be left out of its score.</summary>
    public static readonly string[] OfModels = ["run", "job", "model", "judge", "rubric", "from", "to"];

    public static ScoreFilter Read(IQueryCollection query, string[] names, Violations violations)
    {
        QueryReader.CheckNames(query, names, violations);
        var filter = new ScoreFilter
        {
            RunId = QueryReader.Given(query, "run") is { } run ? JudgeJobReader.Id(run, "run", violations) : null,
            JobId = QueryReader.Given(query, "job") is { } job ? JudgeJobReader.Id(job, "job", violations) : null,
            Model = QueryReader.Text(query, "model", Limits.ModelCharacters, violations),
            Judge = QueryReader.Text(query, "judge", Limits.ModelCharacters, violations),
            Rubric = QueryReader.Text(query, "rubric", Limits.ModelCharacters, violations),
            Method = QueryReader.OneOf<ScoreMethod>(query, "method", violations),
            Min = QueryReader.Number(query, "min", 0, 1, violations),
            Max = QueryReader.Number(query, "max", 0, 1, violations),
            Unscored = QueryReader.Flag(query, "unscored", violations),
            From = QueryReader.Time(query, "from", violations),
            To = QueryReader.Time(query, "to", violations),
            Cursor = QueryReader.Cursor(query, violations),
            Limit = QueryReader.Limit(query, violations) ?? Limits.DefaultPageSize,
        };
        if (filter.From >= filter.To)
        {
            violations.Add("to", FieldCodes.Contradiction, "`to` must be later than `from`.");
        }

        if (filter.Min > filter.Max)
        {
            violations.Add("max", FieldCodes.Contradiction, "`max` must not be below `min`.");
        }

        if (filter.Unscored == true && (filter.Min ?? filter.Max) is not null)
        {
            violations.Add("unscored", FieldCodes.Contradiction, "What is unscored has no value.");
        }

        return filter;
    }
}
