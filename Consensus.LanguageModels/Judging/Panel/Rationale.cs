namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>A judge's reason, as it is kept.</summary>
internal static class Rationale
{
    /// <summary>The prompts ask for three sentences; a judge that writes on and on is cut.</summary>
    public const int MostCharacters = 1_000;

    public static string Bounded(string text) => text.Length <= MostCharacters ? text : text[..Whole(text)] + "…";

    // A pair of surrogates is never cut in two.
    private static int Whole(string text) => char.IsHighSurrogate(text[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
}
