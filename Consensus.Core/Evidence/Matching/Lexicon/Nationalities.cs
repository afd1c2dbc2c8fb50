namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Adjectives of countries that have another stem than the country, or an ending of their own.</summary>
internal static class Nationalities
{
    private static readonly string[] Pairs =
    [
        "denmark danish dane", "netherland dutch holland", "sweden swedish swede", "norway norwegian", "finland finnish finn", "france french",
        "germany german", "spain spanish", "portugal portuguese",
        "italy italian", "greece greek", "poland polish pole", "turkey turkish", "switzerland swiss", "austria austrian", "belgium belgian",
        "hungary hungarian", "ireland irish", "scotland scottish scot",
        "wales welsh", "england english", "britain british", "iceland icelandic", "russia russian", "ukraine ukrainian", "china chinese",
        "japan japanese", "korea korean", "india indian", "vietnam vietnamese",
        "thailand thai", "egypt egyptian", "morocco moroccan", "kenya kenyan", "brazil brazilian", "mexico mexican", "chile chilean", "peru peruvian",
        "canada canadian", "america american", "argentina argentine argentinian",
        "indonesia indonesian", "malaysia malaysian", "philippine filipino", "israel israeli", "iran iranian", "iraq iraqi", "europe european",
        "africa african", "asia asian", "australia australian",
    ];

    private static readonly Dictionary<string, string> Countries = Pairs.Select(static pair => pair.Split(' ')).SelectMany(static words => words.Select(word => KeyValuePair.Create(word, words[0])))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The country of an adjective; else the word itself.</summary>
    public static string CountryOf(string form) => Countries.GetValueOrDefault(form, form);
}
