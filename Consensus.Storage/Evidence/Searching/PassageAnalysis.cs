using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Consensus.Storage.Evidence.Searching;

/// <summary>
/// The words that texts are found by: Unicode's word boundaries (UAX #29) in small letters without accents, without the English possessive and plural, and
/// pairs of
/// characters where a script does not part words.
/// </summary>
internal static class PassageAnalysis
{
    /// <summary>The one field of an index.</summary>
    public const string Field = "text";

    /// <summary>The most words of a query; a longer one is searched for by its first ones.</summary>
    public const int MostWords = 256;

    /// <summary>Words that are in every question and say nothing of what it is about.</summary>
    private static readonly HashSet<string> AskingWords = new(
        "a an and are as at be been but by can could did do does for from had has have how if in into is it its many may me much my no not of on or our over s shall "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat("should so such t tell than that the their them then there these they this to was we were what when where which who whom whose why will with would you your"
                .Split(' ')),
        StringComparer.Ordinal);

    /// <summary>How texts are cut into words.</summary>
    public static Analyzer Analyzer { get; } = Analyzer.NewAnonymous(static (_, reader) =>
    {
        var tokenizer = new StandardTokenizer(LuceneVersion.LUCENE_48, reader);
        TokenStream stream = new CJKWidthFilter(tokenizer);
        stream = new LowerCaseFilter(LuceneVersion.LUCENE_48, stream);
        stream = new ASCIIFoldingFilter(stream);
        stream = new EnglishPossessiveFilter(LuceneVersion.LUCENE_48, stream);
        stream = new EnglishMinimalStemFilter(stream);
        stream = new CJKBigramFilter(stream, CJKScript.HAN | CJKScript.HIRAGANA | CJKScript.KATAKANA | CJKScript.HANGUL, outputUnigrams: true);
        return new TokenStreamComponents(tokenizer, stream);
    });

    /// <summary>Where each word of a text stands, counted from 1; what is made of one word, as pairs of characters are, may stand at one place.</summary>
    public static Dictionary<string, List<int>> PlacesOf(string text)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var at = 0;
        using var stream = Analyzer.GetTokenStream(Field, text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var step = stream.GetAttribute<IPositionIncrementAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            at += step.PositionIncrement;
            var word = term.ToString();
            if (places.TryGetValue(word, out var there))
            {
                there.Add(at);
            }
            else
            {
                places[word] = [at];
            }
        }

        stream.End();
        return places;
    }

    /// <summary>The distinct words of a query that say what it is about; all of them where it has no others.</summary>
    public static IReadOnlyList<string> WordsOf(string query)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var telling = new List<string>();
        using var stream = Analyzer.GetTokenStream(Field, query);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (telling.Count < MostWords && stream.IncrementToken())
        {
            var word = term.ToString();
            if (words.Add(word) && !AskingWords.Contains(word))
            {
                telling.Add(word);
            }
        }

        stream.End();
        return telling.Count > 0 ? telling : [.. words.Take(MostWords)];
    }
}
