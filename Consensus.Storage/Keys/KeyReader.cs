using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Keys;

/// <summary>Reads keys to be made, with every violation at once. What is wrong is never quoted: somebody may have put a secret there.</summary>
public static partial class KeyReader
{
    private const string NameRule = "1 to 64 lower-case letters, digits, dots and hyphens, beginning with a letter or a digit";

    /// <summary>Reads a key to be made.</summary>
    /// <param name="json">The key.</param>
    /// <param name="now">The time by which it must not have expired.</param>
    /// <param name="needsAdmin">Whether nobody would be left to administer keys if this one may not.</param>
    public static KeyReading Read(JsonElement json, DateTimeOffset now, bool needsAdmin)
    {
        var errors = new DocumentErrors();
        DocumentShape.Check(json, ConsensusJson.Default.NewKey, "$", errors);
        if (json.Text("name") is { } name && !IsName(name))
        {
            errors.Add("name", FieldCodes.InvalidValue, "This cannot be the name of a key.", NameRule);
        }

        Scopes(json, needsAdmin, errors);
        if (json.Text("expiresAt") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var expires) && expires <= now)
        {
            errors.Add("expiresAt", FieldCodes.OutOfRange, "The time is not in the future.", "a time in the future");
        }

        var limits = json.Object("limits") ?? default;
        Within(limits, "requestsPerMinute", 1, Limits.KeyRequestsPerMinute, errors);
        Within(limits, "concurrentRuns", 1, Limits.KeyConcurrentRuns, errors);
        Within(limits, "dailyCostUsd", 0, Limits.KeyDailyCostUsd, errors);
        Within(limits, "callsPerRun", 1, Limits.KeyCallsPerRun, errors);
        return new KeyReading(errors.None ? json.Deserialize(ConsensusJson.Default.NewKey) : null, errors.Errors, errors.Count);
    }

    /// <summary>Whether a key can have this name.</summary>
    public static bool IsName(string name) => name.Length <= Limits.KeyNameCharacters && Name().IsMatch(name);

    private static void Scopes(JsonElement json, bool needsAdmin, DocumentErrors errors)
    {
        if (json.List("scopes") is not { } scopes)
        {
            return;
        }

        if (scopes.Count == 0)
        {
            errors.Add("scopes", FieldCodes.TooFew, "A key without a scope may do nothing.", KeyScopes.All);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < scopes.Count; i++)
        {
            // What is no text the check of the shape reports.
            if (scopes[i].TextOf() is not { } scope)
            {
                continue;
            }

            if (!KeyScopes.All.Contains(scope, StringComparer.Ordinal))
            {
                errors.Add($"scopes[{i}]", FieldCodes.InvalidValue, "There is no such scope.", KeyScopes.All);
            }
            else if (!seen.Add(scope))
            {
                errors.Add($"scopes[{i}]", FieldCodes.Duplicate, $"The scope {scope} stands in the list already.");
            }
        }

        if (needsAdmin && !seen.Contains(KeyScopes.Admin))
        {
            errors.Add(
                "scopes", FieldCodes.Required,
                "There is no key with the scope admin, and as soon as there is a key nobody can administer without one: the first must have it.", KeyScopes.Admin);
        }
    }

    private static void Within(JsonElement limits, string name, double least, double most, DocumentErrors errors)
    {
        if (limits.Number(name) is { } value)
        {
            errors.Range("limits." + name, value, value >= least && value <= most, $"{least} to {most}");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
