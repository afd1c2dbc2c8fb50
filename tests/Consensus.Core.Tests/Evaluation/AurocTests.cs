using Consensus.Core.Evaluation;

namespace Consensus.Core.Tests.Evaluation;

public class AurocTests
{
    [Fact]
    public void AgreesWithTheExampleOfScikitLearn() => Assert.Equal(0.75, Auroc.Of([0.1, 0.4, 0.35, 0.8], [false, false, true, true])!.Value, 12);

    [Fact]
    public void ATieCountsOneHalf() => Assert.Equal(0.5, Auroc.Of([1, 1, 1], [true, false, true])!.Value, 12);

    [Fact]
    public void OneClassAloneHasNoArea() => Assert.Null(Auroc.Of([1, 2], [true, true]));

    [Fact]
    public void CountsPairsAsTheDefinitionDoes()
    {
        double[] scores = [3, 1, 2, 2, 5, 4, 2, 1];
        bool[] truths = [true, false, true, false, true, false, false, true];
        var (won, pairs) = (0.0, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (!truths[i] || truths[j])
                    continue;
                pairs++;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(won / pairs, Auroc.Of(scores, truths)!.Value, 12);
    }
}
