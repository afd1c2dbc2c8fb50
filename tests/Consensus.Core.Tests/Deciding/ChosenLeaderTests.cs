using Consensus.Core.Deciding;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Deciding;

[Properties(Arbitrary = [typeof(Panels)], MaxTest = 300)]
public class ChosenLeaderTests
{
    [Fact]
    public void ARivalInTheLeadHasItsOwnShareNoMarginAndThePosteriorOfItsSize()
    {
        var input = Panel.Of("A", "A", "A", "B", "C").Input();
        var vote = Decider.Decide(input);
        var chosen = ChosenLeader.Put(vote, 1, input);

        Assert.Equal((DecisionOutcome.Plurality, 0.2, 0.0), (chosen.Outcome, chosen.Agreement, chosen.Margin));
        Assert.Equal(vote.Clusters[1], chosen.Winner);
        Assert.Equal([vote.Clusters[1], vote.Clusters[0], vote.Clusters[2]], chosen.Clusters);
        Assert.True(chosen.Confidence < vote.Confidence);
        Assert.Null(chosen.CalibratedConfidence);
        Assert.Equal((vote.Entropy, vote.Stability), (chosen.Entropy, chosen.Stability));
    }

    [Fact]
    public void AClusterAboveTheQuorumIsAConsensus() =>
        Assert.Equal(DecisionOutcome.Consensus, Put(Panel.Of("A", "A", "A", "B").Input(), 0).Outcome);

    [Fact]
    public void VotesThatWereNotCastIndependentlyDoNotMakeAnAnswerSurer()
    {
        var input = Panel.Of("A", "A", "A", "B").Input();
        var vote = Decider.Decide(input);
        var believed = ChosenLeader.Believed(vote, 2, input);
        var two = Decider.Decide(Panel.Of("A", "A", "B", "C").Input());

        Assert.Equal(two.Confidence, believed.Confidence);
        Assert.Equal((vote.Outcome, vote.Agreement), (believed.Outcome, believed.Agreement));
        Assert.Equal(vote.Confidence, ChosenLeader.Believed(vote, 9, input).Confidence);
        Assert.Null(ChosenLeader.Believed(Decider.Decide(Panel.Of("A", "B").Input()), 1, input).Confidence);
    }

    [Property]
    public void NoChoiceCarriesMoreThanTheVotesDo(Panel panel)
    {
        var input = panel.Input();
        var vote = Decider.Decide(input);
        if (vote.Outcome == DecisionOutcome.QuorumNotMet)
        {
            Assert.Throws<ArgumentException>(() => ChosenLeader.Put(vote, 0, input));
            return;
        }

        for (var k = 0; k < vote.Clusters.Count; k++)
        {
            var chosen = ChosenLeader.Put(vote, k, input);
            Assert.Same(vote.Clusters[k], chosen.Winner);
            Assert.Equal(vote.Clusters.Count, chosen.Clusters.Distinct().Count());
            Assert.True(chosen.Agreement <= vote.Agreement && chosen.Margin <= vote.Margin + 1e-9);
            Assert.True(vote.Confidence is not { } most || chosen.Confidence <= most);
            Assert.True(k > 0 || vote.Winner is null || (chosen.Outcome, chosen.Confidence, chosen.Margin) == (vote.Outcome, vote.Confidence, vote.Margin));
        }
    }

    private static Decision Put(DecisionInput input, int cluster) => ChosenLeader.Put(Decider.Decide(input), cluster, input);
}
