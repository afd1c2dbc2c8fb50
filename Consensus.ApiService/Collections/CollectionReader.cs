using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Collections;

/// <summary>Reads what a collection is to be, and searches in one, with every violation at once.</summary>
internal static class CollectionReader
{
    public static readonly string[] SearchNames = ["q", "limit"];

    public static NewCollection? Read(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, "name", "description", "shared") is not { } collection)
        {
            return null;
        }

        if (!collection.Has("name"))
        {
            violations.Add("name", FieldCodes.Required, "A collection needs a name.");
        }

        var read = new NewCollection
        {
            Name = collection.Text("name", TextRules.OneLine | TextRules.NotBlank, Limits.TitleCharacters),
            Description = collection.Text("description", TextRules.Printable | TextRules.NotBlank, Limits.DescriptionCharacters),
            Shared = collection.Flag("shared"),
        };
        return violations.None ? read : null;
    }

    /// <returns>The words to search for and how many passages to give.</returns>
    public static (string Words, int Most) Search(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, SearchNames, violations);
        var words = QueryReader.Given(query, "q");
        if (words is null && query["q"].Count < 2)
        {
            violations.Add("q", FieldCodes.Required, "A search needs its words.");
        }
        else if (words is not null)
        {
            violations.Check(words, "q", TextRules.Printable | TextRules.NotBlank, Limits.SearchCharacters);
        }

        var most = QueryReader.Limit(query, violations, Limits.SearchPassages) ?? Limits.DefaultSearchPassages;
        return (words ?? "", most);
    }
}
