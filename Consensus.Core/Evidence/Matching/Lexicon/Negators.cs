namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>
/// Words that deny what follows them, or make it less than a fact, in the forms that <see cref="Consensus.Core.Clustering.Words.Stem"/> leaves.
/// </summary>
internal static class Negators
{
    /// <summary>They deny by themselves.</summary>
    private static readonly HashSet<string> Plain = Set(
        "not no never none nobody nothing nowhere neither cannot without hardly barely scarcely rarely seldom isnt arent wasnt werent "
        + "dont doesnt didnt cant wont "
        + "untrue incorrect "
        + "nicht kein keine keinen keiner keinem keinerlei nie niemals niemand nichts ohne weder kaum pas jamais aucun aucune sans nunca "
        + "jamás ningún ninguna ninguno nadie nada sin tampoco "
        + "não nem senza не нет ни никогда без никто ничего لا ليس ليست لم لن غير नहीं değil yok ikke inte niet geen όχι δεν לא אין không");

    /// <summary>Of several in one clause they are one denial: "no … nunca", "не … никогда", "ne … pas aucun".</summary>
    private static readonly HashSet<string> InConcord = Set(
        "pas jamais aucun aucune nunca jamás ningún ninguna ninguno nadie nada tampoco не нет ни никогда никто ничего não nem");

    /// <summary>Verbs that deny what they govern.</summary>
    private static readonly HashSet<string> Verbs = Set(
        "deny denied denie denying refute refuted refuting lack lacked lacking absence refrain refrained unable false disproved disprove instead "
        + "bestritt verneinte verweigerte verzichtete nie nia niega negó carece отрицает отрицал отказался отказалась nie dementi nier");

    /// <summary>They deny only before "to" or a noun of doing: "failed to open".</summary>
    private static readonly HashSet<string> BeforeTo = Set("fail failed failing failure neglect omitted unable refused refuse decline declined échoué");

    /// <summary>They deny before a doing: "stopped selling".</summary>
    private static readonly HashSet<string> BeforeDoing = Set("stopped stop ceased cease quit avoid avoided");

    /// <summary>What follows is planned, possible or said by somebody, not stated.</summary>
    private static readonly HashSet<string> Hedges = Set(
        "may might could would perhap perhaps possibly plan planned planning intend intended propose proposed proposal expected hope "
        + "hoped hopes consider considered considering if whether "
        + "alleged allegedly reportedly rumour rumoured aim aimed seek sought attempted könnte soll plant planen geplant vielleicht "
        + "angeblich pourrait prévoit envisage prévu podría planea планирует "
        + "может возможно");

    /// <summary>A denial does not reach beyond them.</summary>
    private static readonly HashSet<string> Boundaries = Set(
        "but however although though while whereas when because since until till which who whose whom where and after before yet despite unlike except so "
        + "aber sondern obwohl während weil als und der welche mais tandis lorsque parce et dont quand pero aunque mientras cuando "
        + "porque y sino но хотя когда потому а и который которая которое");

    /// <summary>After "not" they make no denial: "not only".</summary>
    private static readonly HashSet<string> Cancels = Set("only just merely until nur solo sólo seulement только doubt doute duda zweifel сомнения later least fewer less more");

    /// <summary>Whether a word denies what follows it.</summary>
    /// <param name="form">The word.</param>
    /// <param name="next">The word after it; empty without.</param>
    /// <param name="opensSentence">Whether it is the first.</param>
    public static bool Deny(string form, string next, bool opensSentence) =>
        (IsPlain(form) && !Cancels.Contains(next)) || form == "no-longer" || (BeforeTo.Contains(form) && next is "to" or "in") || (Verbs.Contains(form) && !opensSentence)
        || (BeforeDoing.Contains(form) && next.EndsWith("ing", StringComparison.Ordinal));

    public static bool DeniesInConcord(string form) => InConcord.Contains(form);

    public static bool IsHedge(string form) => Hedges.Contains(form);

    public static bool IsBoundary(string form) => Boundaries.Contains(form);

    private static bool IsPlain(string form) => Plain.Contains(form) || form.EndsWith("n't", StringComparison.Ordinal);

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
