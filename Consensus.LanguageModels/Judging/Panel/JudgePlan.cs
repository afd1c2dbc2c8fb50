using Consensus.Contracts;
using Consensus.Contracts.Scoring;
using Consensus.Core.Claims;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>What there is to ask about a run's candidates, whoever is asked.</summary>
internal static class JudgePlan
{
    /// <summary>The texts to be graded, each with the candidates that wrote it: an equal text is graded once by a judge, and the grade is given to each.</summary>
    public static IReadOnlyList<IReadOnlyList<JudgedCandidate>> Texts(IReadOnlyList<JudgedCandidate> candidates) =>
        [.. candidates.OrderBy(candidate => candidate.Id).GroupBy(candidate => candidate.Text, StringComparer.Ordinal).Select(group => group.ToArray())];

    /// <summary>
    /// The pairs to be compared, the lower number first. Of equal texts only the first takes part. The first of each cluster comes before the second of any.
    /// </summary>
    /// <param name="candidates">All candidates.</param>
    /// <param name="most">How many of them are compared.</param>
    public static IReadOnlyList<(JudgedCandidate One, JudgedCandidate Two)> Pairs(IReadOnlyList<JudgedCandidate> candidates, int most)
    {
        var first = Texts(candidates).Select(group => group[0]).ToArray();
        int PlaceInCluster(JudgedCandidate candidate) => first.TakeWhile(other => other != candidate).Count(other => other.Cluster is { } cluster && cluster == candidate.Cluster);
        JudgedCandidate[] chosen = [.. first.OrderBy(PlaceInCluster).ThenBy(candidate => candidate.Id).Take(most).OrderBy(candidate => candidate.Id)];
        return [.. chosen.SelectMany((one, i) => chosen.Skip(i + 1).Select(two => (one, two)))];
    }

    /// <summary>The checkable claims of a candidate, the first ones where there are too many, each within what is stored of one.</summary>
    public static IReadOnlyList<string> Claims(JudgedCandidate candidate, int most) =>
        [.. ClaimSplitter.Split(candidate.Text).Where(claim => claim.IsCheckable).Take(most).Select(claim => Cut(claim.Text))];

    /// <summary>What the other candidates wrote, equal texts once with their number.</summary>
    public static IReadOnlyList<ClaimSource> Others(IReadOnlyList<JudgedCandidate> candidates, JudgedCandidate candidate) =>
        [.. Texts([.. candidates.Where(other => other.Id != candidate.Id)]).Select(group => new ClaimSource(group[0].Text, group.Count))];

    private static string Cut(string claim) => claim.Length <= Limits.ClaimCharacters ? claim
        : claim[..(Limits.ClaimCharacters - (char.IsHighSurrogate(claim[Limits.ClaimCharacters - 1]) ? 1 : 0))];
}
