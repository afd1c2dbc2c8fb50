using Consensus.Core.Answers;
using Consensus.Core.Clustering;

namespace Consensus.Core.Tests.Clustering;

public class TypedClusteringTests
{
    [Fact]
    public void NumbersWithinTheToleranceAreOneCluster() => Assert.Equal(2, Clusters(0.1, "0.7", "0.8", "0.9"));

    [Fact]
    public void WithoutAToleranceOnlyEqualNumbersAreOneCluster() => Assert.Equal(3, Clusters(0, "0.3", "0.30000000000000004", "0.31", "1e3", "1000"));

    [Fact]
    public void TheFullestWindowIsFormedFirst()
    {
        var labels = Labels(1, "1", "2", "2", "3", "3", "3");
        Assert.Equal([0, 1, 1, 1, 1, 1], labels.Select(label => label == labels[0] ? 0 : 1));
    }

    [Fact]
    public void AnEmptyPanelHasNoClusters() => Assert.Empty(AnswerClustering.Partition([], AnswerForm.Auto));

    [Fact]
    public void TheMedoidOfNumbersIsTheMiddleOne()
    {
        var form = new AnswerForm { Kind = AnswerKind.Number, Tolerance = 10 };
        var answers = AnswerReader.Read(["1", "2", "9"], form).Answers.OfType<Answer>().ToArray();
        Assert.Equal(1, AnswerClustering.Medoid(answers).Index);
    }

    [Fact]
    public void ALoneAnswerIsItsOwnMedoid()
    {
        var answer = AnswerReader.ReadOne("Paris", new AnswerForm { Kind = AnswerKind.Text })!;
        Assert.Equal((0, 1.0), AnswerClustering.Medoid([answer]));
    }

    [Fact]
    public void AMedoidNeedsAnAnswer() => Assert.Throws<ArgumentException>(() => AnswerClustering.Medoid([]));

    private static int Clusters(double tolerance, params string[] texts) => Labels(tolerance, texts).Distinct().Count();

    private static int[] Labels(double tolerance, params string[] texts)
    {
        var form = new AnswerForm { Kind = AnswerKind.Number, Tolerance = tolerance };
        return AnswerClustering.Partition([.. AnswerReader.Read(texts, form).Answers.OfType<Answer>()], form);
    }
}
