using Consensus.Contracts;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>Reads the section <c>Panels</c>: names with lists of model ids.</summary>
internal static class PanelReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(IConfiguration configuration, IReadOnlySet<string> known, List<string> errors)
    {
        var panels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection("Panels").GetChildren())
        {
            var name = section.Key.ToLowerInvariant();
            if (!SettingName.IsGood(name))
                errors.Add($"{section.Path}: {SettingName.Rule}");
            var members = Members(section, known, errors);
            if (members.Count > Limits.PanelModels)
                errors.Add($"{section.Path}: has {members.Count} models; at most {Limits.PanelModels} are allowed.");
            if (members.Count > 0)
                panels[name] = members;
        }

        return panels;
    }

    private static List<string> Members(IConfigurationSection section, IReadOnlySet<string> known, List<string> errors)
    {
        var members = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (child.Value?.Trim() is not { Length: > 0 } id)
                continue;
            if (!known.Contains(id))
                errors.Add($"{child.Path}: '{id}' is not a configured model; ids are provider/name.");
            else if (members.Contains(id))
                errors.Add($"{child.Path}: '{id}' is in the panel twice.");
            else
                members.Add(id);
        }

        return members;
    }
}
