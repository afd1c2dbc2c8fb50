using Consensus.ApiService.Reading;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.OpenAi;

/// <summary>Why a panel gave no answer, in words: with what its leaders said, as the choice is the caller's.</summary>
internal static class Refusal
{
    private const int Leaders = 3;
    private const int AnswerCharacters = 200;

    public static string Of(ConsensusResponse run)
    {
        if (Words.Gate(run.Gate) is { } gated)
        {
            return gated; // What the panel said is what the policy keeps back: its leaders are not told here.
        }

        var asked = run.Calls?.Panel ?? run.Clusters.Sum(c => c.Size);
        var why = run.Outcome == Outcome.QuorumNotMet
            ? $"Too few of the panel's {asked} answers could be used to decide."
            : "The panel came to no consensus.";
        return run.Clusters.Count == 0 ? why : $"{why} {string.Join(' ', Told(run.Clusters, asked))}";
    }

    private static IEnumerable<string> Told(IReadOnlyList<ClusterBody> clusters, int asked)
    {
        foreach (var cluster in clusters.Take(Leaders))
        {
            yield return $"{cluster.Size} of {asked} say {Quoted(cluster.Answer.Text)} ({string.Join(", ", cluster.Models)}).";
        }

        if (clusters.Count > Leaders)
        {
            yield return $"{clusters.Count - Leaders} more answers were given.";
        }
    }

    private static string Quoted(string answer) => $"\"{Shown.Cut(answer, AnswerCharacters)}\"";
}
