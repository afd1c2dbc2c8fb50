using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Benchmarks;

namespace Consensus.ApiService.Labels;

/// <summary>Finds the cluster of a stored run that says the same as the right answer.</summary>
internal static class GoldMatch
{
    /// <summary>Whether the texts of the run's candidates are there to be compared with.</summary>
    public static bool IsPossible(ConsensusResponse run) => run.Clusters.Count == 0 || (run.Candidates ?? []).Any(c => c.Text is not null);

    /// <summary>Reads the right answer under the run's kind; <c>null</c> where none of that kind can be read.</summary>
    public static GoldAnswer? Read(ConsensusResponse run, string gold) => GoldAnswer.Read(gold, Form(run));

    /// <summary>The id of the first cluster whose shown answer is the right one, or <see cref="LabelBody.NoneRight"/>.</summary>
    public static int Find(ConsensusResponse run, GoldAnswer gold)
    {
        var candidates = run.Candidates ?? [];
        // The stored texts are read as they were for the decision, all together.
        var answers = AnswerReader.Read([.. candidates.Select(c => c.Text)], Form(run)).Answers;
        foreach (var cluster in run.Clusters)
        {
            Answer[] members = [.. candidates.Zip(answers).Where(c => c.First.Cluster == cluster.Id).Select(c => c.Second).OfType<Answer>()];
            if (gold.Is(members.FirstOrDefault(a => a.Text == cluster.Answer.Text) ?? members.FirstOrDefault()))
            {
                return cluster.Id;
            }
        }

        return LabelBody.NoneRight;
    }

    private static AnswerForm Form(ConsensusResponse run) => new()
    {
        Kind = Enum.Parse<AnswerKind>(run.Clusters[0].Answer.Kind.ToString()),
        Choices = run.Request?.Answer?.Choices ?? [],
        Tolerance = run.Request?.Answer?.Tolerance ?? 0,
    };
}
