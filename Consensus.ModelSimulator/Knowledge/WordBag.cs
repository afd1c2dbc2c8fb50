using System.Text;

namespace Consensus.ModelSimulator.Knowledge;

/// <summary>Reduces a question to its telling words, so that its wording, order and case do not matter: <c>What is France's capital?</c> is <c>capital france</c>.</summary>
internal static class WordBag
{
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "of", "in", "on", "at", "to", "for", "by", "with", "as", "it", "its", "this", "that", "these", "which", "what", "who",
        "whom", "whose", "how", "do", "does", "did", "can", "could", "would", "will", "you", "your", "me", "my", "we", "our", "us", "please", "tell", "say", "name", "give", "know", "has", "have", "had",
        "there", "from", "true", "false", "question", "answer", "correct", "right", "s", "re", "and", "happen", "take", "place", "occur", "hello", "hi", "hey", "quick", "called", "ever",
    };

    // Words that say nothing in most questions; they count only where they make the difference.
    private static readonly HashSet<string> Quiet = new(StringComparer.Ordinal)
    {
        "city", "country", "world", "earth", "official", "current", "exactly", "known", "famous", "located", "book", "novel", "play", "town", "now", "normally", "usually", "actually", "total",
        "person", "human", "chemical", "element", "kind", "type", "sort", "single", "adult", "standard", "all", "today", "main",
    };

    private static readonly Dictionary<string, string> BaseForms = new(StringComparer.Ordinal)
    {
        ["began"] = "begin",
        ["begun"] = "begin",
        ["started"] = "begin",
        ["start"] = "begin",
        ["begins"] = "begin",
        ["ended"] = "end",
        ["ends"] = "end",
        ["finish"] = "end",
        ["fell"] = "fall",
        ["sank"] = "sink",
        ["sunk"] = "sink",
        ["landed"] = "land",
        ["happened"] = "happen",
        ["took"] = "take",
        ["occurred"] = "occur",
        ["wrote"] = "write",
        ["written"] = "write",
        ["authored"] = "write",
        ["author"] = "write",
        ["writer"] = "write",
        ["painted"] = "paint",
        ["painter"] = "paint",
        ["composed"] = "compose",
        ["composer"] = "compose",
        ["discovered"] = "discover",
        ["invented"] = "invent",
        ["inventor"] = "invent",
        ["developed"] = "develop",
        ["proposed"] = "propose",
        ["founded"] = "found",
        ["founder"] = "found",
        ["colour"] = "color",
        ["colours"] = "color",
        ["colors"] = "color",
        ["metre"] = "meter",
        ["metres"] = "meter",
        ["meters"] = "meter",
        ["kilometre"] = "kilometer",
        ["centimetre"] = "centimeter",
        ["centimetres"] = "centimeter",
        ["centimeters"] = "centimeter",
        ["millimetres"] = "millimeter",
        ["millimeters"] = "millimeter",
        ["millimetre"] = "millimeter",
        ["biggest"] = "largest",
        ["tallest"] = "highest",
        ["nearest"] = "closest",
        ["when"] = "year",
        ["ii"] = "2",
        ["two"] = "2",
        ["one"] = "1",
        ["i"] = "1",
        ["dissolved"] = "dissolve",
        ["collapsed"] = "dissolve",
        ["collapse"] = "dissolve",
        ["exploded"] = "explode",
        ["reached"] = "reach",
        ["sealed"] = "seal",
        ["gained"] = "gain",
        ["founders"] = "found",
        ["made"] = "make",
        ["makes"] = "make",
        ["says"] = "say",
        ["means"] = "mean",
        ["stands"] = "stand",
        ["flows"] = "flow",
        ["runs"] = "run",
        ["capitals"] = "capital",
        ["eats"] = "eat",
        ["produces"] = "produce",
        ["boils"] = "boil",
        ["freezes"] = "freeze",
        ["walked"] = "walk",
    };

    /// <summary>The key of the text.</summary>
    /// <param name="texts">The text, or several that are taken together.</param>
    /// <param name="quiet">Whether to leave the words out that say little.</param>
    public static string Key(bool quiet, params ReadOnlySpan<string> texts)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var word in Words(text))
            {
                var lemma = BaseForms.GetValueOrDefault(word, word);
                if (!Silent.Contains(lemma) && !(quiet && Quiet.Contains(lemma)))
                {
                    words.Add(lemma);
                }
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>How many telling words a key has.</summary>
    public static int CountIn(string key) => key.Length == 0 ? 0 : key.Count(' ') + 1;

    /// <summary>Every word of the text in its order, in its base form, without articles.</summary>
    public static IReadOnlyList<string> Lemmas(string text) => [.. Words(text).Select(word => BaseForms.GetValueOrDefault(word, word)).Where(word => word is not ("a" or "an" or "the"))];

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var character = Plain(char.ToLowerInvariant(text[i]));
            var insideNumber = character is '.' or ',' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);
            if (char.IsLetterOrDigit(character) || (insideNumber && character == '.'))
            {
                word.Append(character);
            }
            else if (!insideNumber && !(character == '.' && word.Length == 1 && i + 1 < text.Length && char.IsLetter(text[i + 1])) && word.Length > 0)
            {
                foreach (var part in Parts(word.ToString()))
                {
                    yield return part;
                }

                word.Clear();
            }
        }

        foreach (var part in Parts(word.ToString()))
        {
            yield return part;
        }
    }

    private static string[] Parts(string word) => word switch
    {
        "" => [],
        "ww1" or "wwi" => ["world", "war", "1"],
        "ww2" or "wwii" => ["world", "war", "2"],
        _ => [word],
    };

    private static char Plain(char letter) => letter switch
    {
        'á' or 'à' or 'â' or 'ä' or 'ã' or 'å' => 'a',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'í' or 'ì' or 'î' or 'ï' or 'ı' => 'i',
        'ó' or 'ò' or 'ô' or 'ö' or 'õ' or 'ø' => 'o',
        'ú' or 'ù' or 'û' or 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ł' => 'l',
        'ń' => 'n',
        _ => letter,
    };
}
