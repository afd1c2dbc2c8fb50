namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Numbers as words, in the forms that <see cref="Consensus.Core.Clustering.Words.Stem"/> leaves, and months.</summary>
internal static class NumberLexicon
{
    private static readonly string[] Cardinals =
    [
        "zero null zéro cero ноль", "one ein eins eine un une uno una один одна одно", "two zwei deux dos два две", "three drei trois tres tre три",
        "four vier quatre cuatro четыре", "five fünf cinq cinco пять", "six sechs seis шесть", "seven sieben sept siete семь", "eight acht huit ocho восемь",
        "nine neun neuf nueve девять", "ten zehn dix diez десять", "eleven elf onze once одиннадцать", "twelve zwölf douze doce двенадцать",
        "thirteen dreizehn treize trece тринадцать", "fourteen vierzehn quatorze catorce четырнадцать", "fifteen fünfzehn quinze quince пятнадцать",
        "sixteen sechzehn seize dieciséis шестнадцать", "seventeen siebzehn diecisiete семнадцать", "eighteen achtzehn dieciocho восемнадцать",
        "nineteen neunzehn diecinueve девятнадцать",
    ];

    private static readonly string[] Tens =
    [
        "twenty zwanzig vingt veinte двадцать", "thirty dreißig dreissig trente treinta тридцать", "forty vierzig quarante cuarenta сорок",
        "fifty fünfzig cinquante cincuenta пятьдесят", "sixty sechzig soixante sesenta шестьдесят", "seventy siebzig setenta семьдесят",
        "eighty achtzig ochenta восемьдесят", "ninety neunzig noventa девяносто",
    ];

    private static readonly (string Words, double Factor)[] ScaleWords =
    [
        ("hundred hundert cent cien ciento сто 百", 100), ("thousand tausend mille mil тысяча тысячи тысяч тыс 千", 1e3), ("万 萬", 1e4),
        ("million millionen mio millones millón миллион миллиона миллионов млн", 1e6), ("亿 億", 1e8),
        ("billion milliard milliarde milliarden mrd миллиард миллиарда миллиардов млрд", 1e9), ("trillion billionen", 1e12),
        ("dozen dutzend douzaine docena", 12),
    ];

    private static readonly string[] OrdinalWords =
    [
        "first erste ersten erster premier première primero primera primer первый первая", "second zweite zweiten deuxième segundo segunda второй вторая",
        "third dritte dritten troisième tercero tercera третий третья", "fourth vierte quatrième cuarto четвёртый", "fifth fünfte cinquième quinto пятый",
        "sixth sechste sixième sexto шестой", "seventh siebte septième séptimo седьмой", "eighth achte huitième octavo восьмой",
        "ninth neunte neuvième noveno девятый", "tenth zehnte dixième décimo десятый", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
        "sixteenth",
        "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    private static readonly string[] MonthNames =
    [
        "january jan januar janvier enero января январь январе", "february feb februar février febrero февраля февраль феврале",
        "march märz mars marzo марта март марте",
        "april apr avril abril апреля апрель апреле", "may mai mayo мая май мае", "june jun juni juin junio июня июнь июне",
        "july jul juli juillet julio июля июль июле", "august aug août agosto августа август августе",
        "september sept sep septembre septiembre сентября сентябрь сентябре",
        "october oct oktober octobre octubre октября октябрь октябре", "november nov novembre noviembre ноября ноябрь ноябре",
        "december dec dezember décembre diciembre декабря декабрь декабре",
    ];

    private static readonly Dictionary<string, double> Values = Numbered(Cardinals, 0, 1).Concat(Numbered(Tens, 20, 10))
        .ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);

    private static readonly Dictionary<string, double> ScaleOf = ScaleWords.SelectMany(static scale => scale.Words.Split(' ').Select(word => (word, scale.Factor)))
        .ToDictionary(static pair => pair.word, static pair => pair.Factor, StringComparer.Ordinal);

    private static readonly Dictionary<string, double> OrdinalOf = Numbered(OrdinalWords, 1, 1).ToDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, double> MonthOf = Numbered(MonthNames, 1, 1).ToDictionary(StringComparer.Ordinal);

    /// <summary>The value of a word below a hundred.</summary>
    public static double? Value(string form) => Values.TryGetValue(form, out var value) ? value : null;

    /// <summary>What a word multiplies the number before it by.</summary>
    public static double? Scale(string form) => ScaleOf.TryGetValue(form, out var value) ? value : null;

    /// <summary>The rank that a word names.</summary>
    public static double? Ordinal(string form) => OrdinalOf.TryGetValue(form, out var value) ? value : null;

    /// <summary>The month of a name, 1 to 12.</summary>
    public static double? Month(string form) => MonthOf.TryGetValue(form, out var value) ? value : null;

    /// <summary>Words for one that are articles as well.</summary>
    public static bool IsArticle(string form) => form is "one" or "ein" or "eine" or "un" or "une" or "uno" or "una" or "один" or "одна" or "одно" or "once" or "null";

    private static IEnumerable<KeyValuePair<string, double>> Numbered(string[] words, double first, double step) =>
        words.SelectMany((forms, i) => forms.Split(' ').Select(form => KeyValuePair.Create(form, first + (i * step))));
}
