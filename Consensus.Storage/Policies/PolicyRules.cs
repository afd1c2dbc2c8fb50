using System.Text.Json;
using System.Text.RegularExpressions;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Policies;

/// <summary>The values of a policy, one rule after the other.</summary>
internal static class PolicyRules
{
    private const int Names = 200;
    private const int SafetyRules = 50;
    private const int PatternCharacters = 1_000;
    private const int MessageCharacters = 500;

    public static void Check(JsonElement json, DocumentErrors errors)
    {
        Patterns(json.Object("models"), "models", errors);
        Patterns(json.Object("strategies"), "strategies", errors);
        Panel(json.Object("panel"), errors);
        Within(json.Object("prompt"), "maxCharacters", "prompt.", 1, Limits.PromptCharacters, errors);
        Safety(json, errors);
        Within(json.Object("confidence"), "minimum", "confidence.", 0, 1, errors);
        Within(json.Object("agreement"), "minimum", "agreement.", 0, 1, errors);
    }

    private static void Patterns(JsonElement? rule, string path, DocumentErrors errors)
    {
        if (rule is not { } given)
        {
            return;
        }

        if (given.List("allow") is null && given.List("deny") is not { Count: > 0 })
        {
            errors.Add(path, FieldCodes.Required, "The rule names nothing: it has neither `allow` nor `deny`.");
        }

        foreach (var (member, least) in new[] { ("allow", 1), ("deny", 0) })
        {
            var names = given.List(member);
            if (names?.Count > Names)
            {
                errors.Add($"{path}.{member}", FieldCodes.TooMany, $"There are {names.Count} names.", $"at most {Names}");
            }
            else if (names?.Count < least)
            {
                errors.Add($"{path}.{member}", FieldCodes.TooFew, "Nothing at all would be allowed.", "at least one name");
            }

            for (var i = 0; i < (names?.Count ?? 0); i++)
            {
                if (names![i].TextOf() is { } name && (name.Length is 0 or > Limits.ModelCharacters || name.Any(char.IsControl)))
                {
                    errors.Add($"{path}.{member}[{i}]", FieldCodes.InvalidValue, "This cannot be a name.", $"1 to {Limits.ModelCharacters} characters, with * for any run of them");
                }
            }
        }
    }

    private static void Panel(JsonElement? rule, DocumentErrors errors)
    {
        if (rule is not { } panel)
        {
            return;
        }

        Within(panel, "minModels", "panel.", 1, Limits.PanelModels, errors);
        Within(panel, "maxModels", "panel.", 1, Limits.PanelModels, errors);
        Within(panel, "minFamilies", "panel.", 1, Limits.PanelModels, errors);
        Within(panel, "maxAnswers", "panel.", 1, Limits.AnswersPerRun, errors);
        if (panel.Whole("minModels") > panel.Whole("maxModels"))
        {
            errors.Add("panel.minModels", FieldCodes.Contradiction, "It is above `maxModels`: no panel passes.");
        }

        if (panel.Whole("minFamilies") > panel.Whole("maxModels"))
        {
            errors.Add("panel.minFamilies", FieldCodes.Contradiction, "It is above `maxModels`: no panel passes.");
        }
    }

    private static void Safety(JsonElement json, DocumentErrors errors)
    {
        var rules = json.List("safety") ?? [];
        if (rules.Count > SafetyRules)
        {
            errors.Add("safety", FieldCodes.TooMany, $"There are {rules.Count} rules.", $"at most {SafetyRules}");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            var path = $"safety[{i}]";
            if (rules[i].Text("name") is { } name)
            {
                if (name.Length is 0 or > Limits.LabelCharacters || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                {
                    errors.Add($"{path}.name", FieldCodes.InvalidValue, "This cannot be the name of a rule.", $"1 to {Limits.LabelCharacters} letters, digits, _ and -");
                }
                else if (!seen.Add(name))
                {
                    errors.Add($"{path}.name", FieldCodes.Duplicate, $"The rule {DocumentErrors.Shown(name)} stands in the list already.");
                }
            }

            if (rules[i].Text("pattern") is { } pattern && WhyNot(pattern) is { } reason)
            {
                errors.Add($"{path}.pattern", FieldCodes.InvalidValue, reason, $"a regular expression of 1 to {PatternCharacters} characters without look-around and back-references");
            }

            if (rules[i].Text("message") is { Length: 0 or > MessageCharacters })
            {
                errors.Add($"{path}.message", FieldCodes.TooLong, "The sentence is empty or too long.", $"1 to {MessageCharacters} characters");
            }
        }
    }

    private static string? WhyNot(string pattern)
    {
        if (pattern.Length is 0 or > PatternCharacters)
        {
            return "The pattern is empty or too long.";
        }

        try
        {
            var regex = new Regex(pattern, SafetyPattern.Options);
            return regex.IsMatch("") ? "The pattern matches an empty prompt, and so every one." : null;
        }
        catch (ArgumentException)
        {
            return "This is no regular expression.";
        }
        catch (NotSupportedException)
        {
            return "The pattern cannot be run in linear time: it has a look-around, a back-reference or the like, or is too large.";
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
