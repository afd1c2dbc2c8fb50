using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Reading;

/// <summary>What a request says about itself: category, tags, metadata, the run that it follows from, and which parts of the response it wants.</summary>
internal static class LabelsReader
{
    /// <summary>The member that names the run because of which this one is asked.</summary>
    public const string ParentMember = "parentRunId";

    public static readonly string[] Members = ["include", "category", "tags", "metadata", ParentMember];

    private const TextRules Label = TextRules.OneLine | TextRules.NotBlank;
    private static readonly string[] Parts = ["candidates", "clusters", "provenance"];

    public static string? Category(ObjectReader request) => request.Text("category", Label, Limits.LabelCharacters);

    public static IReadOnlyList<string> Tags(ObjectReader request) => request.TextList("tags", 0, Limits.Tags, Label, Limits.LabelCharacters) ?? [];

    public static IReadOnlyDictionary<string, string>? Metadata(ObjectReader request)
    {
        if (request.Any("metadata") is not { } value || ObjectReader.OpenMap(value, request.Field("metadata"), request.Violations) is not { } given)
        {
            return null;
        }

        if (given.Members.Count > Limits.MetadataEntries)
        {
            request.Violations.Add(request.Field("metadata"), FieldCodes.TooMany,
                $"There are {given.Members.Count} entries; at most {Limits.MetadataEntries} are allowed.", Allowed.Range(0, Limits.MetadataEntries));
        }

        var metadata = new Dictionary<string, string>();
        foreach (var (name, entry) in given.Members.Take(Limits.MetadataEntries))
        {
            var field = given.Field(name);
            var nameIsFine = request.Violations.Check(name, field, Label, Limits.LabelCharacters);
            if (Texts.Read(entry, field, request.Violations) is { } text
                && request.Violations.Check(text, field, TextRules.Printable, Limits.MetadataCharacters) && nameIsFine)
            {
                metadata[name] = text;
            }
        }

        return metadata;
    }

    /// <summary>The run that the request follows from. Whether there is such a run is not known here.</summary>
    public static Guid? Parent(ObjectReader request)
    {
        if (request.Text(ParentMember, TextRules.OneLine) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        request.Violations.Add(
            request.Field(ParentMember), FieldCodes.InvalidValue, $"{Shown.Text(text)} is not the id of a run.",
            Allowed.Words("the id of a stored run; `GET /v1/runs` lists them"));
        return null;
    }

    /// <summary>What the response has: its candidates unless <c>include</c> is given without them, its provenance where that is named.</summary>
    public static IncludedParts Included(ObjectReader request)
    {
        var parts = request.TextList("include", 0, Parts.Length, TextRules.Any, Limits.LabelCharacters);
        for (var i = 0; i < parts?.Count; i++)
        {
            if (!Parts.Contains(parts[i]))
            {
                request.Violations.Add($"include[{i}]", FieldCodes.InvalidValue, $"{Shown.Text(parts[i])} is not a part of the response.", Allowed.Names(Parts));
            }
        }

        return new IncludedParts(parts?.Contains("candidates") ?? true, parts?.Contains("provenance") ?? false);
    }
}
