using Consensus.Core.Learning;

namespace Consensus.Core.Tests.Learning;

public class LearnedVoteTests
{
    private static readonly double[] Uneven = [0.9, 0.4, 0.4, 0.4, 0.4];

    [Fact]
    public void AStrongModelOutweighsWeakOnes()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(600, Uneven, 1), LearnedShape.Plain);
        Assert.All(weights.Models.Where(m => m.Key != "m0"), weak => Assert.True(weights.Models["m0"].Weight > weak.Value.Weight + 1));

        // One strong voice against two weak ones.
        var posterior = weights.Posterior(Panel(0, 1, 1, 2, 3));
        Assert.True(posterior[0] > posterior[1], $"{posterior[0]} is not above {posterior[1]}.");
    }

    [Fact]
    public void AModelThatIsRightByAvoidanceGetsANegativeWeight()
    {
        // Whatever model 0 says is wrong: it never gives the right answer.
        var weights = LearnedVote.Fit(MadePanel.Of(800, [0, 0.5, 0.5, 0.5], 2, wrongAnswers: 2), LearnedShape.Plain);
        Assert.True(weights.Models["m0"].Weight < -1, $"{weights.Models["m0"].Weight}");
    }

    [Fact]
    public void CategoriesLearnWhoIsGoodAtWhat()
    {
        var made = MadePanel.Of(1500, [0.6, 0.6, 0.6], 3, categories: ["law", "physics"], bend: static (model, category, skill) => (model, category) switch
        {
            (0, "law") => 0.95,
            (1, "physics") => 0.95,
            _ => skill - 0.2,
        });
        var weights = LearnedVote.Fit(made, new LearnedShape(Categories: true, Lengths: false));

        Assert.True(Winner("law") == 0 && Winner("physics") == 1, "Each subject follows its expert.");

        int Winner(string category)
        {
            var posterior = weights.Posterior(Panel(0, 1, 2) with { Category = category });
            return posterior.IndexOf(posterior.Max());
        }
    }

    [Fact]
    public void AnUnseenCategoryGetsTheWeightsOfAll()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(300, Uneven, 4, categories: ["a", "b"]), new LearnedShape(Categories: true, Lengths: false));
        Assert.Equal(weights.Posterior(Panel(0, 1, 1, 1, 1)), weights.Posterior(Panel(0, 1, 1, 1, 1) with { Category = "c" }));
    }

    [Fact]
    public void ThePosteriorIsCalibratedOnQuestionsOfTheSameKind()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(2000, Uneven, 5), LearnedShape.Plain);
        var scores = MadePanel.Of(4000, Uneven, 6).Select(q => Scoring.OfPosterior(q, weights.Posterior(q.Panel))).ToArray();

        // Two standard errors of 4000 questions are below .016.
        Assert.Equal(scores.Average(s => s.Correct), scores.Average(s => s.Confidence), 0.02);
    }

    [Fact]
    public void SeveralSamplesOfAModelShareItsWeight()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(300, Uneven, 7), LearnedShape.Plain);
        var once = weights.Support(Panel(0, 1));
        var twice = weights.Support(new PanelVotes { Votes = [new("m0", 0, 100), new("m0", 0, 100), new("m1", 1, 100)], ClusterCount = 2 });
        Assert.Equal(once[0], twice[0] + twice[1], 1e-12);
        Assert.Equal(once[1], twice[2], 1e-12);
    }

    [Fact]
    public void APanelOfStrangersIsNotKnown()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(300, Uneven, 8), LearnedShape.Plain);
        Assert.True(weights.Knows(Panel(0, 0, 1, 1, 0)));
        Assert.False(weights.Knows(new PanelVotes { Votes = [new("m0", 0, 1), new("x", 0, 1), new("y", 1, 1)], ClusterCount = 2 }));
    }

    [Fact]
    public void TheOrderOfTheCandidatesDoesNotMatter()
    {
        var weights = LearnedVote.Fit(MadePanel.Of(300, Uneven, 9), LearnedShape.Plain);
        var panel = Panel(0, 1, 1, 2, 0);
        var turned = panel with { Votes = [.. panel.Votes.Reverse()] };
        Assert.All(weights.Posterior(panel).Zip(weights.Posterior(turned)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static PanelVotes Panel(params int[] clusters) =>
        new() { Votes = [.. clusters.Select((c, j) => new ModelVote(MadePanel.Name(j), c, 100))], ClusterCount = clusters.Max() + 1 };
}
