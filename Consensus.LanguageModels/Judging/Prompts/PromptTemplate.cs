using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Judging.Prompts;

/// <summary>A prompt with places to fill. It is never changed under its version.</summary>
public sealed partial class PromptTemplate
{
    private readonly string _system;
    private readonly string _user;

    internal PromptTemplate(string name, int version, string text)
    {
        (Name, Version) = (name, version);
        var parts = Headings().Split(text.ReplaceLineEndings("\n"));
        if (parts.Length != 3 || parts[0].Length > 0)
        {
            throw new ArgumentException($"The prompt {Id} has not the parts '# system' and '# user', in this order.", nameof(text));
        }

        (_system, _user) = (parts[1].Trim('\n'), parts[2].Trim('\n'));
        Places = Place().Matches(_system + _user).Select(match => match.Groups["place"].Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The name, as <c>pointwise</c>.</summary>
    public string Name { get; }

    /// <summary>The version, from 1.</summary>
    public int Version { get; }

    /// <summary>Name and version, as <c>pointwise@1</c>.</summary>
    public string Id => $"{Name}@{Version}";

    /// <summary>The places that it has.</summary>
    public IReadOnlySet<string> Places { get; }

    /// <summary>Fills the places. What is filled in is not looked at again, so a text that looks like a place stays what it is.</summary>
    /// <param name="values">One value for each place. Text that others wrote goes in fenced: see <see cref="Fencing.Fence"/>.</param>
    /// <returns>A system message and a user message.</returns>
    /// <exception cref="ArgumentException">A place has no value, or a value no place.</exception>
    public IReadOnlyList<ChatMessage> Fill(params IReadOnlyList<(string Place, string Value)> values)
    {
        var byPlace = values.ToDictionary(value => value.Place, value => value.Value, StringComparer.Ordinal);
        if (!Places.SetEquals(byPlace.Keys))
        {
            throw new ArgumentException($"The prompt {Id} has the places {string.Join(", ", Places)}, not {string.Join(", ", byPlace.Keys)}.", nameof(values));
        }

        string In(string text) => Place().Replace(text, match => byPlace[match.Groups["place"].Value]);
        return [new(ChatRole.System, In(_system)), new(ChatRole.User, In(_user))];
    }

    [GeneratedRegex("^# (?:system|user)\n", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\{\{(?<place>[a-z_]+)\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
