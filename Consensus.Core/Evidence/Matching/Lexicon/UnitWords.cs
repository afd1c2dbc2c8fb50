using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>A unit: what it measures, and how many of the dimension's own unit it is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Unit(string Dimension, double Factor);

/// <summary>Words and signs for units, in the forms that <see cref="Consensus.Core.Clustering.Words.Stem"/> leaves.</summary>
internal static class UnitWords
{
    private static readonly (string Words, string Dimension, double Factor)[] Known =
    [
        ("% percent prozent porcent процент процента процентов pct", "percent", 1), ("pp", "points", 1),
        ("km kilometre kilometer kilomètre kilómetro км километр километра километров 公里", "length", 1000),
        ("m metre meter mètre metro м метр метра метров 米", "length", 1),
        ("cm centimetre centimeter zentimeter centimètre centímetro см сантиметр 厘米", "length", 0.01),
        ("mm millimetre millimeter millimètre milímetro 毫米", "length", 0.001), ("mile meile mille milla миля 英里", "length", 1609.344),
        ("foot feet ft", "length", 0.3048), ("yard yd", "length", 0.9144), ("inch inche", "length", 0.0254), ("mi", "length", 1609.344),
        ("km² km2 sqkm", "area", 1e6), ("m² m2 sqm", "area", 1), ("hectare hektar hectárea ha гектар гектаров 公顷", "area", 1e4), ("acre", "area", 4046.856),
        ("kg kilogram kilogramm kilo kilogramme kilogramo кг килограмм килограммов 公斤", "mass", 1),
        ("g gram gramm gramme gramo грамм граммов 克", "mass", 0.001),
        ("mg milligram", "mass", 1e-6), ("tonne ton tonelada тонна тонны тонн 吨", "mass", 1000), ("lb", "mass", 0.45359237), ("ounce oz", "mass", 0.0283495),
        ("litre liter litro литр литров 升", "volume", 1), ("ml millilitre milliliter", "volume", 0.001), ("gallon", "volume", 3.785),
        ("barrel", "volume", 158.987),
        ("second sec sekunde sekunden seconde segundo секунда секунд 秒", "time", 1), ("minute min minuten minuto минута минуты минут 分钟", "time", 60),
        ("hour hr h stunde stunden heure hora час часа часов 小时", "time", 3600), ("day tag tage tagen jour día день дня дней 天", "time", 86400),
        ("week woche wochen semaine semana неделя недели недель 周", "time", 604800),
        ("month monat monate monaten mois mes mese месяц месяца месяцев 月", "months", 1),
        ("year jahr jahre jahren an année ans año год года лет 年 岁", "months", 12), ("decade jahrzehnt décennie década десятилетие", "months", 120),
        ("century jahrhundert siècle siglo век века 世纪", "century", 1),
        ("watt w", "power", 1), ("kw kilowatt", "power", 1e3), ("mw megawatt", "power", 1e6), ("gw gigawatt", "power", 1e9), ("kwh", "energy", 1),
        ("mwh", "energy", 1e3),
        ("gwh", "energy", 1e6), ("volt v", "voltage", 1), ("celsiu celsius °c", "celsius", 1), ("fahrenheit °f", "fahrenheit", 1),
        ("degree grad degré grado градус", "degree", 1),
        ("kmh kph", "speed", 1), ("mph", "speed", 1.609344), ("knot", "speed", 1.852), ("hz hertz", "frequency", 1), ("mhz", "frequency", 1e6),
        ("ghz", "frequency", 1e9),
        ("mb megabyte", "data", 1), ("gb gigabyte", "data", 1e3), ("tb terabyte", "data", 1e6), ("$ dollar usd dólar доллар доллара долларов 美元", "usd", 1),
        ("€ euro eur евро 欧元", "eur", 1), ("£ pound gbp pfund livre libra фунт", "gbp", 1), ("¥ yen jpy", "jpy", 1), ("元 yuan rmb", "cny", 1),
        ("franc chf franken", "chf", 1), ("crown krone kronor sek nok dkk", "crown", 1), ("rouble ruble рубль рубля рублей", "rub", 1),
        ("time mal foi vece vez раз раза 倍", "times", 1),
        ("人 名 personne persona человек человека mensch menschen person people", "persons", 1), ("家", "家", 1), ("座", "座", 1), ("层", "层", 1), ("个", "个", 1),
    ];

    private static readonly Dictionary<string, Unit> Units = Known.SelectMany(static unit =>
            unit.Words.Split(' ').Select(word => KeyValuePair.Create(word, new Unit(unit.Dimension, unit.Factor))))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The unit that a word or sign names.</summary>
    public static Unit? Of(string form) => Units.TryGetValue(form, out var unit) ? unit : null;

    /// <summary>Signs of money, which stand before or after the number.</summary>
    public static bool IsCurrencySign(string form) => form is "$" or "€" or "£" or "¥";

    /// <summary>Letters that are units only straight after digits or in small letters of their own.</summary>
    public static bool IsAmbiguous(string form) => form.Length == 1 && char.IsAsciiLetter(form[0]);
}
