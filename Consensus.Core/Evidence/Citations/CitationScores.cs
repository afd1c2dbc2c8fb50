namespace Consensus.Core.Evidence.Citations;

/// <summary>How well the passages that a text cites bear it out.</summary>
/// <remarks>
/// Citation recall and precision of ALCE: Gao, Yen, Yu and Chen (2023), "Enabling Large Language Models to Generate Text with Citations", section 4. What
/// bears a
/// statement out is the caller's to say: words, or a judge.
/// </remarks>
/// <param name="Statements">How many statements there were.</param>
/// <param name="BorneOut">Of these, those that all their cited passages together bear out.</param>
/// <param name="Citations">How many citations there were; a passage counts once a statement.</param>
/// <param name="Precise">Of these, those that their statement needs or that bear it out alone.</param>
public sealed record CitationScores(int Statements, int BorneOut, int Citations, int Precise)
{
    /// <summary>The share of the statements that their cited passages bear out, 0 to 1; a statement without citation is not borne out. <c>null</c> where nobody
    /// cites.</summary>
    public double? Recall => Statements > 0 && Citations > 0 ? (double)BorneOut / Statements : null;

    /// <summary>The share of the citations that are precise, 0 to 1; <c>null</c> without citations.</summary>
    public double? Precision => Citations > 0 ? (double)Precise / Citations : null;

    /// <summary>Scores the citations of a text.</summary>
    /// <param name="cited">Of each statement, the numbers of the passages that it cites.</param>
    /// <param name="passages">How many passages there are; a citation of another number is never precise.</param>
    /// <param name="bearsOut">Whether passages (at least one, by their numbers) taken together bear a statement (by its place) out. Asked anew for each
    /// set.</param>
    public static CitationScores Of(IReadOnlyList<IReadOnlyList<int>> cited, int passages, Func<int, IReadOnlyList<int>, bool> bearsOut)
    {
        ArgumentNullException.ThrowIfNull(cited);
        ArgumentNullException.ThrowIfNull(bearsOut);
        var (borneOut, citations, precise) = (0, 0, 0);
        for (var statement = 0; statement < cited.Count; statement++)
        {
            int[] all = [.. cited[statement].Distinct()];
            int[] real = [.. all.Where(number => number >= 1 && number <= passages)];
            citations += all.Length;
            if (real.Length > 0 && bearsOut(statement, real))
            {
                borneOut++;
                precise += real.Count(number => IsPrecise(statement, number, real, bearsOut));
            }
        }

        return new CitationScores(cited.Count, borneOut, citations, precise);
    }

    private static bool IsPrecise(int statement, int number, int[] all, Func<int, IReadOnlyList<int>, bool> bearsOut)
    {
        if (all.Length == 1 || bearsOut(statement, [number]))
        {
            return true;
        }

        int[] rest = [.. all.Where(other => other != number)];
        return !bearsOut(statement, rest);
    }
}
