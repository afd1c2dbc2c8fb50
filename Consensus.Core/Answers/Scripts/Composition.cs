using System.Collections.Frozen;

namespace Consensus.Core.Answers.Scripts;

/// <summary>Looks up what characters stand for and compose to.</summary>
/// <remarks>The arithmetic for Hangul is that of the Unicode Standard, section 3.12.</remarks>
internal static class Composition
{
    private const int Syllables = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowel = 0x1161;
    private const int Trailing = 0x11A7;
    private const int Vowels = 21;
    private const int Trailings = 28;
    private const int SyllableCount = 11_172;

    private static readonly FrozenDictionary<(char, char), char> Pairs = Enumerable.Range(0, CanonicalPairs.Triples.Length / 3)
        .ToFrozenDictionary(static i => (CanonicalPairs.Triples[3 * i], CanonicalPairs.Triples[(3 * i) + 1]), static i => CanonicalPairs.Triples[(3 * i) + 2]);

    private static readonly FrozenDictionary<char, string> Forms =
        new[] { Entries(CompatibilityForms.ToOne, 2), Entries(CompatibilityForms.ToTwo, 3), Entries(CompatibilityForms.ToThree, 4), Entries(CompatibilityForms.ToFour, 5) }
            .SelectMany(static entries => entries)
            .ToFrozenDictionary(static entry => entry[0], static entry => entry[1..]);

    /// <summary>What a character is another way of writing, or <c>null</c>.</summary>
    public static string? Compatible(char c) => Forms.GetValueOrDefault(c);

    /// <summary>The one character that a letter and what follows it compose to, or <c>null</c>.</summary>
    public static char? Compose(char letter, char next)
    {
        if (letter is >= (char)Leading and < (char)(Leading + 19) && next is >= (char)Vowel and < (char)(Vowel + Vowels))
            return (char)(Syllables + ((((letter - Leading) * Vowels) + next - Vowel) * Trailings));
        var syllable = letter - Syllables;
        if (syllable is >= 0 and < SyllableCount && syllable % Trailings == 0 && next > Trailing && next < Trailing + Trailings)
            return (char)(letter + next - Trailing);
        return Pairs.TryGetValue((letter, next), out var composed) ? composed : null;
    }

    private static IEnumerable<string> Entries(string table, int width) => table.Chunk(width).Select(static entry => new string(entry));
}
