namespace Consensus.Core.Clustering;

/// <summary>Words with a special part in comparing free text.</summary>
internal static class Words
{
    private static readonly HashSet<string> Stop = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "them", "his", "her", "their", "i", "you", "we", "our", "your",
        "my", "me", "us",
        "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "has", "have", "had", "will", "would", "shall", "should", "may",
        "might", "must",
        "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "into", "and", "or", "but", "so", "then", "there", "here", "which", "who", "whom",
        "whose", "what", "when", "where",
        "very", "also", "just", "simply", "therefore", "thus", "hence", "because", "since", "it's", "that's", "there's", "he's", "she's", "answer", "correct",
        "called", "named", "known",
        "le", "la", "les", "un", "une", "des", "de", "du", "et", "est", "el", "los", "las", "una", "y", "es", "son", "en", "der", "die", "das", "ein", "eine",
        "und", "ist", "sind", "il", "lo", "gli", "è", "e", "o", "os", "as", "um", "uma",
    };

    private static readonly HashSet<string> Negative = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "cannot", "without", "hardly", "isnt", "arent", "wasnt", "werent",
        "dont", "doesnt", "didnt", "cant", "wont",
        "nicht", "kein", "keine", "keinen", "nie", "niemals", "ohne", "ne", "pas", "jamais", "aucun", "aucune", "sans", "nunca", "jamás", "ningún", "ninguna",
        "sin", "não", "nao", "nem", "non", "mai", "senza",
        "не", "нет", "ни", "никогда", "без", "لا", "ليس", "ليست", "لم", "لن", "غير", "नहीं", "न", "değil", "yok", "ikke", "inte", "niet", "geen", "nie",
        "nem", "όχι", "δεν", "לא", "אין", "không",
    };

    private static readonly HashSet<string> Copulas = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "be", "it's", "that's", "equals", "by", "called", "named", "es", "est", "ist", "sind", "è", "é", "war", "by",
    };

    private static readonly HashSet<string> NameChangers = new(StringComparer.Ordinal)
    {
        "new", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower", "great", "greater", "little", "saint", "st",
        "san", "santa", "los", "la", "el", "fort", "port", "lake", "old", "central", "inner", "outer", "anti", "non", "junior", "jr",
    };

    private static readonly string[] Prefixes = ["un", "in", "im", "il", "ir", "dis", "non", "anti", "mis", "de", "a"];

    private static readonly (string, string)[] Opposites =
    [
        ("true", "false"), ("yes", "no"), ("correct", "incorrect"), ("right", "wrong"), ("right", "left"), ("increase", "decrease"), ("increased",
        "decreased"), ("rise", "fall"), ("more", "less"), ("more", "fewer"),
        ("high", "low"), ("higher", "lower"), ("highest", "lowest"), ("before", "after"), ("always", "never"), ("all", "none"), ("all", "some"), ("up",
        "down"), ("hot", "cold"), ("win", "lose"), ("won", "lost"), ("positive", "negative"),
        ("north", "south"), ("east", "west"), ("above", "below"), ("over", "under"), ("first", "last"), ("first", "second"), ("large", "small"), ("larger",
        "smaller"), ("largest", "smallest"), ("greater", "less"), ("greater", "smaller"),
        ("maximum", "minimum"), ("max", "min"), ("good", "bad"), ("better", "worse"), ("best", "worst"), ("possible", "impossible"), ("alive", "dead"),
        ("guilty", "innocent"), ("male", "female"), ("man", "woman"), ("buy", "sell"),
        ("accept", "reject"), ("enable", "disable"), ("enabled", "disabled"), ("open", "closed"), ("safe", "dangerous"), ("even", "odd"), ("fast", "slow"),
        ("faster", "slower"), ("early", "late"), ("earlier", "later"),
        ("inside", "outside"), ("old", "new"), ("older", "younger"), ("same", "different"), ("true", "untrue"), ("pass", "fail"), ("on", "off"), ("with",
        "without"), ("can", "cannot"), ("most", "least"), ("everyone", "nobody"),
        ("black", "white"), ("day", "night"), ("summer", "winter"), ("push", "pull"), ("input", "output"), ("allow", "forbid"), ("allowed", "forbidden"),
        ("legal", "illegal"), ("success", "failure"),
    ];

    private static readonly HashSet<(string, string)> OppositePairs = [.. Opposites.SelectMany(static pair => new[] { pair, (pair.Item2, pair.Item1) })];

    public static bool IsStopWord(string form) => Stop.Contains(form);

    public static bool IsNegation(string form) => Negative.Contains(form) || form.EndsWith("n't", StringComparison.Ordinal);

    /// <summary>Verbs of being and what else leads straight to an answer in a sentence.</summary>
    public static bool IsCopula(string form) => Copulas.Contains(form);

    /// <summary>Two words of which one denies the other: a known pair, or a word and the same word with a denying prefix.</summary>
    public static bool AreOpposite(string left, string right)
    {
        if (OppositePairs.Contains((left, right)))
            return true;
        var (shorter, longer) = left.Length < right.Length ? (left, right) : (right, left);
        if (shorter.Length < 4)
            return false;
        foreach (var prefix in Prefixes)
        {
            if (longer.Length == shorter.Length + prefix.Length && longer.StartsWith(prefix, StringComparison.Ordinal)
                && longer.EndsWith(shorter, StringComparison.Ordinal))
                return true;
        }
        return (shorter + "less", longer) is var (less, word) && word == less;
    }

    /// <summary>Whether a word before a name makes it another name: New York, South Korea, Saint Lucia.</summary>
    public static bool ChangesName(string form) => NameChangers.Contains(form);

    /// <summary>Forms of one word: equal but for a short ending.</summary>
    public static bool AreVariants(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        return common >= 4 && left.Length - common <= 3 && right.Length - common <= 3 && !left.Any(char.IsDigit) && !right.Any(char.IsDigit);
    }

    /// <summary>Whether a character of a script without word boundaries denies.</summary>
    public static bool DeniesAt(ReadOnlySpan<char> run, int i) => run[i] switch
    {
        '不' or '没' or '沒' or '无' or '無' or '非' or '未' or '否' or '않' or '없' or '못' or '안' or 'ไ' => run[i] != 'ไ' || run[i..].StartsWith("ไม่"),
        'な' => run[i..].StartsWith("ない") || run[i..].StartsWith("なく") || run[i..].StartsWith("なか"),
        'ま' => run[i..].StartsWith("ませ"),
        '아' => run[i..].StartsWith("아니") || run[i..].StartsWith("아닙") || run[i..].StartsWith("아닌"),
        _ => false,
    };

    /// <summary>Takes the ending off an English plural or genitive.</summary>
    public static string Stem(string form)
    {
        if (form.EndsWith("'s", StringComparison.Ordinal) && !Stop.Contains(form))
            form = form[..^2];
        return form.Length > 3 && form[^1] == 's' && form[^2] is not ('s' or 'u' or 'i') && char.IsAsciiLetter(form[^2]) ? form[..^1] : form;
    }
}
