namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Forms of one name: with an ending of adjectives or of a case.</summary>
internal static class NameForms
{
    private static readonly HashSet<string> Endings =
        new("n an ian ish ese i s es er isch ische ischen а у е ом ы и ой ю я ский ская".Split(' '), StringComparer.Ordinal);

    public static bool AreSame(string left, string right)
    {
        if (Nationalities.CountryOf(left) == Nationalities.CountryOf(right))
        {
            return true;
        }

        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        if (shorter.Length >= 4 && longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            return longer.Length == shorter.Length || Endings.Contains(longer[shorter.Length..]);
        }

        // Russian names change their last letter: Москва, Москве.
        return left.Length > 4 && left.Length == right.Length && IsCyrillicVowel(left[^1]) && IsCyrillicVowel(right[^1])
            && left.AsSpan(0, left.Length - 1).SequenceEqual(right.AsSpan(0, right.Length - 1));
    }

    private static bool IsCyrillicVowel(char c) => c is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'ю' or 'я' or 'й' or 'ь';
}
