using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;
using Consensus.Storage.Fitting;

namespace Consensus.Storage.Benchmarks;

/// <summary>Reads one result of <c>consensus bench run</c> or a list of them. Refused whole when anything in it is wrong, with every reason.</summary>
public static class BenchmarkReader
{
    private const int HashDigits = 64;

    /// <summary>Reads results that were parsed.</summary>
    public static BenchmarkReading Read(JsonElement json)
    {
        var errors = new DocumentErrors();
        var several = json.ValueKind == JsonValueKind.Array;
        JsonElement[] items = several ? [.. json.EnumerateArray()] : [json];
        if (items.Length == 0)
        {
            errors.Add("$", FieldCodes.TooFew, "The list is empty.", "1 or more results");
        }

        for (var i = 0; i < items.Length; i++)
        {
            DocumentShape.Check(items[i], ConsensusJson.Default.BenchmarkResult, several ? $"$[{i}]" : "$", errors);
        }

        if (!errors.None)
        {
            return new BenchmarkReading([], errors.Errors, errors.Count);
        }

        BenchmarkResult[] results = [.. items.Select(static item => item.Deserialize(ConsensusJson.Default.BenchmarkResult)!)];
        for (var i = 0; i < results.Length; i++)
        {
            Check(results[i], several ? $"$[{i}]." : "", errors);
        }

        return new BenchmarkReading(errors.None ? results : [], errors.Errors, errors.Count);
    }

    private static void Check(BenchmarkResult result, string at, DocumentErrors errors)
    {
        if (result.SchemaVersion != BenchmarkResult.CurrentVersion)
        {
            errors.Add($"{at}schemaVersion", FieldCodes.InvalidValue, $"The result has the schema version {result.SchemaVersion}.", $"{BenchmarkResult.CurrentVersion}");
        }

        if (result.DataSha256.Length != HashDigits || !result.DataSha256.All(char.IsAsciiHexDigitLower))
        {
            errors.Add($"{at}dataSha256", FieldCodes.InvalidValue, "This is no SHA-256.", $"{HashDigits} hexadecimal digits in lower case");
        }

        Names(result, at, errors);
        new BenchmarkRanges(at, errors).Check(result);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < result.Questions.Count; i++)
        {
            var (question, path) = (result.Questions[i], $"{at}questions[{i}]");
            if (!ids.Add(question.Id))
            {
                errors.Add($"{path}.id", FieldCodes.Duplicate, $"A question before it has the id {DocumentErrors.Shown(question.Id)}.");
            }

            errors.Share($"{path}.correct", question.Correct);
            errors.Share($"{path}.confidence", question.Confidence);
            errors.Share($"{path}.calibrated", question.Calibrated);
            errors.Range($"{path}.calls", question.Calls, question.Calls >= 0, "0 or more");
        }
    }

    /// <summary>Names are the caller's texts: short, and on one line.</summary>
    private static void Names(BenchmarkResult result, string at, DocumentErrors errors)
    {
        IEnumerable<(string Path, string? Name)> names =
        [
            ("suite", result.Suite), ("strategy", result.Strategy), ("bestSingle.model", result.BestSingle.Model), ("confidenceUsed", result.ConfidenceUsed),
            ("options.kind", result.Options.Kind), ("options.fitted", result.Options.Fitted),
            .. result.ByModel.Keys.Select(static name => ("byModel", (string?)name)),
            .. result.ExtractionFailures.Keys.Select(static name => ("extractionFailures", (string?)name)),
            .. (result.Errors?.Keys ?? []).Select(static name => ("errors", (string?)name)),
            .. result.ByCategory.Keys.Select(static name => ("byCategory", (string?)name)),
            .. result.Questions.Select(static (question, i) => ($"questions[{i}].id", (string?)question.Id)),
            .. result.Questions.Select(static (question, i) => ($"questions[{i}].category", question.Category)),
        ];
        foreach (var (path, name) in names)
        {
            if (name is not null)
            {
                PanelReader.Name(name, Limits.ModelCharacters, at + path, errors);
            }
        }
    }
}
