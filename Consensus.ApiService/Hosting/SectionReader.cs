using System.Globalization;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Hosting;

/// <summary>
/// Reads the values of a section of the configuration, with every fault at once, each by its setting's name. A name that is not known is one.
/// </summary>
internal sealed class SectionReader(IConfigurationSection section, params string[] names)
{
    private readonly List<string> _violations =
    [
        .. section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path} is no setting; here are {string.Join(", ", names)}."),
    ];

    /// <summary>An absolute path; null where none is set.</summary>
    public string? Folder(string name)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (!Path.IsPathFullyQualified(text))
        {
            Wrong(name, text, "an absolute path");
        }

        return text;
    }

    /// <summary>A time within bounds.</summary>
    public TimeSpan Time(string name, TimeSpan given, TimeSpan least, TimeSpan most)
    {
        if (Value(name) is not { } text)
        {
            return given;
        }

        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < least || time > most)
        {
            Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a time from {least:c} to {most:c}"));
        }

        return time;
    }

    /// <summary>A whole number within bounds; null where none is set.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        }

        return number;
    }

    /// <summary>A number within bounds; null where none is set.</summary>
    public double? Real(string name, double least, double most)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= least && number <= most))
        {
            Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        }

        return number;
    }

    /// <summary>A text without white space around it; null where none is set.</summary>
    public string? Text(string name) => Value(name)?.Trim();

    /// <summary>One of some words, the first where none is set.</summary>
    public string OneOf(string name, IReadOnlyList<string> words)
    {
        if (Value(name) is not { } text)
        {
            return words[0];
        }

        if (!words.Contains(text, StringComparer.Ordinal))
        {
            Wrong(name, text, "one of " + string.Join(", ", words));
        }

        return text;
    }

    /// <summary>Adds a fault that concerns several settings.</summary>
    public void Require(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }

    /// <summary>Ends the reading of settings.</summary>
    /// <exception cref="OptionsValidationException">There are faults; the message has every one.</exception>
    public T Done<T>(T settings) => _violations.Count == 0 ? settings : throw new OptionsValidationException(section.Path, typeof(T), _violations);

    private string? Value(string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name];

    private void Wrong(string name, string text, string takes) =>
        _violations.Add($"{section.Path}:{name} is \"{(text.Length > 60 ? text[..60] + "…" : text)}\"; it takes {takes}.");
}
