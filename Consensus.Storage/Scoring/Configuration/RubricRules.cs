using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>The rubrics of a scoring configuration.</summary>
internal static class RubricRules
{
    private const double MostWeight = 1_000;
    private const string Claim = "claim-";

    /// <summary>Checks every rubric.</summary>
    /// <returns>Their names, in their order.</returns>
    public static IReadOnlyList<string> Check(JsonElement json, IReadOnlyDictionary<RubricId, string> known, DocumentErrors errors)
    {
        var names = new Names("rubric", StringComparer.Ordinal, errors);
        Each(json, "rubrics", "rubrics", 1, Limits.Rubrics, errors, (rubric, path) =>
        {
            Identifier(rubric, path, errors);
            names.Add(rubric, path);
            if (rubric.Number("version") is { } version)
            {
                errors.Range($"{path}.version", version, version >= 1, "1 or more");
            }

            Prose(rubric, "description", path, mayBeEmpty: true, errors);
            Criteria(rubric, path, errors);
            Unchanged(rubric, path, known, errors);
        });
        return names.All;
    }

    private static void Criteria(JsonElement rubric, string path, DocumentErrors errors)
    {
        var names = new Names("criterion", StringComparer.Ordinal, errors);
        Each(rubric, "criteria", $"{path}.criteria", 1, Limits.Criteria, errors, (criterion, at) =>
        {
            Identifier(criterion, at, errors);
            names.Add(criterion, at);
            if (criterion.Text("name") is { } name && IsReserved(name))
            {
                errors.Add($"{at}.name", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(name)} names scores of pairs or of claims.", "neither better nor claim-N");
            }

            Prose(criterion, "question", at, mayBeEmpty: false, errors);
            if (criterion.Number("weight") is { } weight)
            {
                errors.Range($"{at}.weight", weight, weight is > 0 and <= MostWeight, $"above 0, at most {MostWeight}");
            }

            Grades(criterion, at, errors);
        });
    }

    private static void Grades(JsonElement criterion, string path, DocumentErrors errors)
    {
        // A judge that writes "good" means the "Good" of the menu.
        var names = new Names("grade", StringComparer.OrdinalIgnoreCase, errors);
        var scores = new List<double>();
        Each(criterion, "grades", $"{path}.grades", 2, Limits.Grades, errors, (grade, at) =>
        {
            GradeName(grade, at, errors);
            names.Add(grade, at);
            Prose(grade, "anchor", at, mayBeEmpty: false, errors);
            if (grade.Number("score") is not { } score)
            {
                return;
            }

            errors.Share($"{at}.score", score);
            if (scores.Count > 0 && score > scores[^1])
            {
                errors.Add($"{at}.score", FieldCodes.OutOfRange, $"{score} comes after {scores[^1]}: the best grade stands first.", $"{scores[^1]} or less");
            }

            scores.Add(score);
        });
        if (scores.Count > 1 && scores.All(score => score == scores[0]))
        {
            errors.Add($"{path}.grades", FieldCodes.Contradiction, "All grades are worth the same.");
        }
    }

    /// <summary>A rubric whose name and version are known must be the very same.</summary>
    private static void Unchanged(JsonElement rubric, string path, IReadOnlyDictionary<RubricId, string> known, DocumentErrors errors)
    {
        if (rubric.Text("name") is not { } name || rubric.Whole("version") is not { } version || !known.TryGetValue(new RubricId(name, version), out var hash))
        {
            return;
        }

        var shape = new DocumentErrors();
        DocumentShape.Check(rubric, ConsensusJson.Default.Rubric, path, shape);
        if (!shape.None || ScoringConfigVersions.HashOf(rubric.Deserialize(ConsensusJson.Default.Rubric)!) != hash)
        {
            errors.Add(
                $"{path}.version", FieldCodes.Contradiction, $"The rubric {DocumentErrors.Shown($"{name}@{version}")} is known with other content, and a rubric is never changed under its version.",
                "a version that is not used yet");
        }
    }

    private static void Each(
        JsonElement json, string name, string path, int least, int most, DocumentErrors errors, Action<JsonElement, string> check)
    {
        if (json.List(name) is not { } items)
        {
            return;
        }

        if (items.Count < least || items.Count > most)
        {
            errors.Add(path, items.Count < least ? FieldCodes.TooFew : FieldCodes.TooMany, $"There are {items.Count} of them.", $"{least} to {most}");
        }

        for (var i = 0; i < items.Count; i++)
        {
            check(items[i], $"{path}[{i}]");
        }
    }

    private static void Identifier(JsonElement json, string path, DocumentErrors errors)
    {
        if (json.Text("name") is { } name && (name.Length > Limits.LabelCharacters || !IsHyphenated(name)))
        {
            errors.Add(
                $"{path}.name", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(name)} cannot be a name here.",
                $"1 to {Limits.LabelCharacters} characters: lower-case letters and digits, in words with a hyphen between them");
        }
    }

    private static void GradeName(JsonElement grade, string path, DocumentErrors errors)
    {
        if (grade.Text("name") is { } name && (name.Length is 0 or > Limits.LabelCharacters || name.Trim() != name || name.Any(char.IsControl)))
        {
            errors.Add(
                $"{path}.name", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(name)} cannot be a grade.",
                $"1 to {Limits.LabelCharacters} characters on one line, without white space around them");
        }
    }

    /// <summary>Text that a judge reads: several lines are fine.</summary>
    private static void Prose(JsonElement json, string name, string path, bool mayBeEmpty, DocumentErrors errors)
    {
        if (json.Text(name) is not { } text)
        {
            return;
        }

        if (!mayBeEmpty && string.IsNullOrWhiteSpace(text))
        {
            errors.Add($"{path}.{name}", FieldCodes.Required, "The text is empty.");
        }

        if (text.Length > Limits.RubricCharacters)
        {
            errors.Add($"{path}.{name}", FieldCodes.TooLong, $"The text has {text.Length} characters.", $"at most {Limits.RubricCharacters} characters");
        }

        if (text.Any(static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            errors.Add($"{path}.{name}", FieldCodes.ControlCharacters, "The text has control characters.", "no control characters but line feeds, carriage returns and tabs");
        }
    }

    private static bool IsHyphenated(string name) => name.Split('-').All(static word => word.Length > 0 && word.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    private static bool IsReserved(string name) =>
        name == "better" || (name.StartsWith(Claim, StringComparison.Ordinal) && name.Length > Claim.Length && name.AsSpan(Claim.Length).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>Names that must be distinct.</summary>
    private sealed class Names(string what, StringComparer comparer, DocumentErrors errors)
    {
        private readonly HashSet<string> _seen = new(comparer);
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public void Add(JsonElement json, string path)
        {
            if (json.Text("name") is not { } name)
            {
                return;
            }

            if (_seen.Add(name))
            {
                _all.Add(name);
            }
            else
            {
                errors.Add($"{path}.name", FieldCodes.Duplicate, $"The {what} {DocumentErrors.Shown(name)} stands in the list already.");
            }
        }
    }
}
