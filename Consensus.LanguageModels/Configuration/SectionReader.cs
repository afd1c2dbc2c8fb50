using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>Reads typed members of one section and collects what is wrong instead of stopping at the first error.</summary>
internal sealed class SectionReader(IConfigurationSection section, List<string> errors)
{
    public string Path => section.Path;

    public void Error(string key, string message) => errors.Add($"{Path}:{key}: {message}");

    /// <summary>Names members that mean nothing, so that a misspelt setting is not silently a default.</summary>
    public void OnlyMembers(params ReadOnlySpan<string> allowed)
    {
        foreach (var child in section.GetChildren())
        {
            if (!allowed.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                errors.Add($"{child.Path}: is not a setting; allowed are {string.Join(", ", allowed!)}.");
        }
    }

    public SectionReader Child(string key) => new(section.GetSection(key), errors);

    public IEnumerable<IConfigurationSection> Children(string key) => section.GetSection(key).GetChildren();

    /// <summary>The trimmed text; <c>null</c> when unset or empty: hosts hand unset values on as empty ones.</summary>
    public string? Text(string key) => section[key]?.Trim() is { Length: > 0 } text ? text : null;

    public int Whole(string key, int fallback, int min, int max)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Error(key, $"must be a whole number from {min} to {max}.");
        return fallback;
    }

    public TimeSpan Milliseconds(string key, TimeSpan fallback, int min, int max) =>
        TimeSpan.FromMilliseconds(Whole(key, (int)fallback.TotalMilliseconds, min, max));

    public double? Between(string key, double min, double max, bool maxIncluded = false)
    {
        if (Text(key) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > min && (value < max || (maxIncluded && value == max)))
            return value;
        Error(key, $"must be a number above {min} and {(maxIncluded ? "at most" : "below")} {max}.");
        return null;
    }

    public decimal? Price(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1_000_000m)
            return value;
        Error(key, "must be a price in US dollars from 0 to 1000000.");
        return null;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (bool.TryParse(text, out var value))
            return value;
        Error(key, "must be true or false.");
        return fallback;
    }
}
