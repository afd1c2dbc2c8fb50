using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Two words that mean something else together.</summary>
internal static class Phrases
{
    private static readonly Dictionary<(string, string), string> Pairs = new()
    {
        [("no", "longer")] = "no-longer", [("set", "up")] = "found", [("put", "up")] = "build", [("passed", "away")] = "die",
        [("take", "over")] = "buy", [("took", "over")] = "buy",
        [("taken", "over")] = "buy", [("made", "up")] = "consist", [("stepped", "down")] = "resign", [("step", "down")] = "resign",
        [("came", "out")] = "publish", [("close", "to")] = "near",
        [("took", "place")] = "happen", [("take", "place")] = "happen", [("carried", "out")] = "conduct", [("turned", "down")] = "reject",
        [("shut", "down")] = "shut", [("closed", "down")] = "shut",
        [("anything", "but")] = "not", [("far", "from")] = "not", [("chief", "executive")] = "ceo", [("ne", "plus")] = "no-longer",
        [("nicht", "mehr")] = "no-longer",
        [("kein", "mehr")] = "no-longer", [("ya", "no")] = "no-longer", [("больше", "не")] = "no-longer", [("stopped", "short")] = "not",
        [("free", "of")] = "not", [("devoid", "of")] = "not",
        [("short", "of")] = "not", [("paid", "for")] = "fund", [("pay", "for")] = "fund", [("pays", "for")] = "fund", [("burned", "down")] = "burn",
        [("stepped", "in")] = "intervene",
        [("step", "in")] = "intervene", [("died", "out")] = "vanish",
    };

    public static List<Lexeme> Join(List<Lexeme> lexemes)
    {
        List<Lexeme> joined = new(lexemes.Count);
        for (var i = 0; i < lexemes.Count; i++)
        {
            if (i + 1 < lexemes.Count && Pairs.TryGetValue((lexemes[i].Form, lexemes[i + 1].Form), out var phrase))
            {
                joined.Add(lexemes[i] with { Form = phrase });
                i++;
            }
            else
            {
                joined.Add(lexemes[i]);
            }
        }

        return joined;
    }
}
