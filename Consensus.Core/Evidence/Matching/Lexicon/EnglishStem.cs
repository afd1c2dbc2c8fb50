namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Takes the endings off English verbs, adverbs and plurals; other words seldom end so.</summary>
internal static class EnglishStem
{
    public static string Of(string form)
    {
        if (form.Length < 4 || !char.IsAsciiLetter(form[^1]) || form.Any(char.IsDigit))
        {
            return form;
        }

        var stem = form switch
        {
            [.., 'i', 'e', 's'] => form[..^3] + "y",
            [.., 'i', 'e', 'd'] => form[..^3] + "y",
            [.., 'i', 'n', 'g'] when form.Length >= 6 => Single(form[..^3]),
            [.., 'e', 'd'] when form.Length >= 5 => Single(form[..^2]),
            [.., 'l', 'y'] when form.Length >= 6 => form[..^2],
            [.., 's'] when form[^2] is not ('s' or 'u' or 'i') => form[..^1],
            _ => form,
        };
        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string Single(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o') ? stem[..^1] : stem;
}
