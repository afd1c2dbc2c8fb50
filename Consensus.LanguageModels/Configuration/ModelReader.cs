using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>Reads a provider's <c>Models</c>: a list of names, or of objects with name, family and prices.</summary>
internal static class ModelReader
{
    private const int NameCharacters = 128;

    public static IReadOnlyList<ModelSettings> Read(SectionReader provider, string providerName, List<string> errors)
    {
        var models = new List<ModelSettings>();
        foreach (var section in provider.Children("Models"))
        {
            if (ReadOne(section, providerName, errors) is not { } model)
                continue;
            if (models.Exists(m => m.Name == model.Name))
                errors.Add($"{section.Path}: the model '{model.Name}' is there twice.");
            else
                models.Add(model);
        }

        return models;
    }

    private static ModelSettings? ReadOne(IConfigurationSection section, string providerName, List<string> errors)
    {
        var reader = new SectionReader(section, errors);
        reader.OnlyMembers("Name", "Family", "InputUsdPerMillion", "OutputUsdPerMillion", "Reliability");
        var input = reader.Price("InputUsdPerMillion");
        var output = reader.Price("OutputUsdPerMillion");
        if (input is null != output is null && reader.Text("InputUsdPerMillion") is null != reader.Text("OutputUsdPerMillion") is null)
            reader.Error(input is null ? "InputUsdPerMillion" : "OutputUsdPerMillion", "is missing; a model has both prices or none.");
        var reliability = reader.Between("Reliability", 0, 1);
        var family = reader.Text("Family");
        if (family is { Length: > Contracts.Limits.LabelCharacters })
            reader.Error("Family", $"has more than {Contracts.Limits.LabelCharacters} characters.");

        var name = reader.Text("Name") ?? (section.Value?.Trim() is { Length: > 0 } value ? value : null) ?? NameFromKey(section.Key);
        if (name is null)
        {
            // An empty list element is how hosts hand on a value that was never set.
            if (section.GetChildren().Any())
                reader.Error("Name", "is missing.");
            return null;
        }

        if (name.Length > NameCharacters || name.Any(c => c is <= ' ' or > '~'))
        {
            reader.Error("Name", $"has 1 to {NameCharacters} printable ASCII characters without spaces.");
            return null;
        }

        return new ModelSettings(name, family ?? FamilyOf(name, providerName), input, output, reliability);
    }

    /// <summary><c>Models:gpt-4o:Family</c> names its model by the key; a list's index does not.</summary>
    private static string? NameFromKey(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : key;

    /// <summary>The letters a model's name begins with: <c>meta/llama3.1:8b</c> is of the family <c>llama</c>.</summary>
    private static string FamilyOf(string name, string providerName)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        var letters = new string([.. last.TakeWhile(char.IsAsciiLetter)]).ToLowerInvariant();
        return letters.Length > 0 ? letters : providerName;
    }
}
