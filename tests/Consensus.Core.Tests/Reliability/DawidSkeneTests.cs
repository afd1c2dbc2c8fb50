using Consensus.Core.Numerics;
using Consensus.Core.Reliability;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Reliability;

public class DawidSkeneTests
{
    private const int Items = 40;
    private const int Workers = 5;
    private const int Labels = 3;

    private static readonly DawidSkeneOptions Exact = new() { Tolerance = 1e-10, MaxIterations = 200, Smoothing = 0.5 };

    [Property(MaxTest = 50)]
    public void PermutingWorkersItemsAndLabelsPermutesTheResult(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (votes, gold) = Draw(random);
        var (item, worker, label) = (random.Permutation(Items), random.Permutation(Workers), random.Permutation(Labels));
        var moved = votes.Select(v => new DawidSkeneVote(item[v.Item], worker[v.Worker], label[v.Label])).ToArray();
        random.Shuffle<DawidSkeneVote>(moved);
        var movedGold = new int?[Items];
        for (var i = 0; i < Items; i++)
        {
            movedGold[item[i]] = gold[i] is { } g ? label[g] : null;
        }

        var (a, b) = (DawidSkene.Confusion(votes, gold, Workers, Labels, Exact), DawidSkene.Confusion(moved, movedGold, Workers, Labels, Exact));
        var (c, d) = (DawidSkene.OneCoin(votes, Open(gold), Workers, Exact), DawidSkene.OneCoin(moved, Open(movedGold), Workers, Exact));
        Assert.Equal(a.LogLikelihood, b.LogLikelihood, 1e-6);
        for (var i = 0; i < Items; i++)
        {
            for (var l = 0; l < Labels; l++)
            {
                Assert.Equal(a.Posteriors[i][l], b.Posteriors[item[i]][label[l]], 1e-6);
                Assert.Equal(c.Posteriors[i][l], d.Posteriors[item[i]][label[l]], 1e-6);
            }
        }

        for (var w = 0; w < Workers; w++)
        {
            Assert.Equal(c.Reliabilities[w], d.Reliabilities[worker[w]], 1e-6);
            Assert.Equal(a.Confusion[w][0][1], b.Confusion[worker[w]][label[0]][label[1]], 1e-6);
        }
    }

    [Property(MaxTest = 50)]
    public void KnownLabelsStayFixedWhateverTheVotes(ulong seed)
    {
        var (votes, gold) = Draw(new SeededRandom(seed));
        foreach (var fit in new DawidSkeneFit[] { DawidSkene.Confusion(votes, gold, Workers, Labels), DawidSkene.OneCoin(votes, Open(gold), Workers) })
        {
            Assert.False(fit.Unsupervised);
            Assert.All(Enumerable.Range(0, Items).Where(i => gold[i] is not null), i => Assert.Equal(1, fit.Posteriors[i][gold[i]!.Value]));
            Assert.All(fit.Posteriors, row => Assert.InRange(row.Sum(), 0, 1 + 1e-9));
        }
    }

    [Property(MaxTest = 50)]
    public void TheLikelihoodNeverFalls(ulong seed)
    {
        var (votes, gold) = Draw(new SeededRandom(seed));
        var last = double.NegativeInfinity;
        for (var n = 1; n < 12; n++)
        {
            var now = DawidSkene.Confusion(votes, gold, Workers, Labels, new DawidSkeneOptions { Tolerance = double.Epsilon, MaxIterations = n }).LogLikelihood;
            Assert.True(now >= last - 1e-9, $"{now} after {last}");
            last = now;
        }
    }

    [Fact]
    public void GoldCanShowThatTheMajorityIsWrong()
    {
        // Two copy each other's mistakes; on the items of known label only the third is right.
        DawidSkeneVote[] votes = [.. Enumerable.Range(0, 30).SelectMany(i => new DawidSkeneVote[] { new(i, 0, 1), new(i, 1, 1), new(i, 2, 0) })];
        var blind = DawidSkene.OneCoin(votes, [.. Enumerable.Repeat(new DawidSkeneItem(2, 2), 30)], 3);
        var seeded = DawidSkene.OneCoin(votes, [.. Enumerable.Range(0, 30).Select(i => new DawidSkeneItem(2, 2, i < 15 ? 0 : null))], 3);
        Assert.True(blind.Unsupervised);
        Assert.True(blind.Posteriors[29][1] > 0.99);
        Assert.True(seeded.Posteriors[29][0] > 0.99);
        Assert.True(seeded.Reliabilities[2] > 0.99 && seeded.Reliabilities[0] < 0.01);
    }

    [Fact]
    public void ALoneAnswerLeavesRoomForOneThatNobodyGave()
    {
        var fit = DawidSkene.OneCoin([new(0, 0, 0)], [new DawidSkeneItem(1, 4)], 1, new DawidSkeneOptions { Smoothing = 1 });
        Assert.InRange(fit.Posteriors[0][0], 0.25, 0.75);
    }

    [Fact]
    public void AnItemWithoutVotesHasThePrior()
    {
        var fit = DawidSkene.Confusion([new(0, 0, 0), new(1, 0, 0), new(2, 0, 1)], [0, 0, 1, null], 1, 2);
        Assert.Equal(fit.Prior![0], fit.Posteriors[3][0], 1e-5);
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Assert.Throws<ArgumentException>(() => DawidSkene.Confusion([new(0, 0, 2)], [null], 1, 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.Confusion([new(0, 1, 0)], [null], 1, 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.Confusion([], [2], 1, 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.OneCoin([], [new DawidSkeneItem(2, 1)], 1));
        Assert.Throws<ArgumentException>(() => DawidSkene.OneCoin([], [new DawidSkeneItem(2, 3)], 1, new DawidSkeneOptions { EstimatePrior = true }));
        Assert.Throws<ArgumentException>(() => DawidSkene.OneCoin([], [], 1, new DawidSkeneOptions { Tolerance = 0 }));
    }

    private static DawidSkeneItem[] Open(int?[] gold) => [.. gold.Select(g => new DawidSkeneItem(Labels, 3.5, g))];

    private static (DawidSkeneVote[] Votes, int?[] Gold) Draw(SeededRandom random)
    {
        var gold = new int?[Items];
        List<DawidSkeneVote> votes = [];
        for (var i = 0; i < Items; i++)
        {
            var truth = random.Next(Labels);
            gold[i] = i < 5 ? truth : null;
            for (var w = 0; w < Workers; w++)
            {
                if (random.NextDouble() < 0.8)
                {
                    votes.Add(new DawidSkeneVote(i, w, random.NextDouble() < 0.5 + (0.1 * w) ? truth : random.Next(Labels)));
                }
            }
        }

        return ([.. votes], gold);
    }
}
