using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Consensus.LanguageModels.Judging;

/// <summary>The versioned files that this assembly carries: <c>Judging/{kind}/{name}.v{version}.{extension}</c>.</summary>
internal static partial class ShippedFiles
{
    private static readonly Assembly Here = typeof(ShippedFiles).Assembly;

    /// <summary>All files of a kind, by name and version.</summary>
    public static IReadOnlyList<ShippedFile> Of(string kind) =>
        [.. Here.GetManifestResourceNames().Select(resource => (Resource: resource, Match: FileName().Match(resource))).Where(file => file.Match.Success && file.Match.Groups["kind"].Value == kind)
            .Select(file => new ShippedFile(file.Match.Groups["name"].Value, int.Parse(file.Match.Groups["version"].Value, CultureInfo.InvariantCulture), Read(file.Resource)))
            .OrderBy(file => file.Name, StringComparer.Ordinal).ThenBy(file => file.Version)];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^Judging/(?<kind>[a-z]+)/(?<name>[a-z0-9-]+)\.v(?<version>[1-9][0-9]*)\.[a-z]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FileName();
}

/// <summary>A versioned file.</summary>
internal sealed record ShippedFile(string Name, int Version, string Text);
