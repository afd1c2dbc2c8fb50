using Consensus.Core.Deciding;

namespace Consensus.Core.Tests.Deciding;

public class OutcomeTests
{
    [Theory]
    [InlineData("A A A B", DecisionOutcome.Consensus)]
    [InlineData("A A B C", DecisionOutcome.Plurality)] // exactly half is not more than half
    [InlineData("A A B B", DecisionOutcome.NoConsensus)] // a tie at the top
    [InlineData("A B C", DecisionOutcome.NoConsensus)] // no two agree
    [InlineData("A A - - -", DecisionOutcome.QuorumNotMet)] // two of five answered, three are needed
    [InlineData("A A A - -", DecisionOutcome.Consensus)]
    [InlineData("A A B - -", DecisionOutcome.Plurality)] // the silent stay in the denominator
    [InlineData("A - - -", DecisionOutcome.QuorumNotMet)]
    [InlineData("A", DecisionOutcome.Consensus)]
    [InlineData("-", DecisionOutcome.QuorumNotMet)]
    public void MajorityDecidesByShareOfAllAsked(string panel, DecisionOutcome expected) => Assert.Equal(expected, Decide(panel, Strategies.Majority).Outcome);

    [Theory]
    [InlineData("A A B", DecisionOutcome.Consensus)] // exactly two thirds suffice
    [InlineData("A A A B B", DecisionOutcome.Plurality)]
    [InlineData("A A A A -", DecisionOutcome.Consensus)]
    public void SupermajorityNeedsTwoThirds(string panel, DecisionOutcome expected) => Assert.Equal(expected, Decide(panel, Strategies.Supermajority).Outcome);

    [Theory]
    [InlineData("A A A", DecisionOutcome.Consensus)]
    [InlineData("A A -", DecisionOutcome.Consensus)] // every usable answer agrees, and enough answered
    [InlineData("A A A A B", DecisionOutcome.Plurality)]
    [InlineData("A - -", DecisionOutcome.QuorumNotMet)]
    public void UnanimousNeedsEveryUsableAnswer(string panel, DecisionOutcome expected) => Assert.Equal(expected, Decide(panel, Strategies.Unanimous).Outcome);

    [Fact]
    public void QuorumIsExceededStrictly()
    {
        Assert.Equal(DecisionOutcome.Plurality, Parse("A A A B").Decide(quorum: 0.75).Outcome);
        Assert.Equal(DecisionOutcome.Consensus, Parse("A A A B").Decide(quorum: 0.74).Outcome);
    }

    [Fact]
    public void LowQuorumStillNeedsALoneLeader() => Assert.Equal(DecisionOutcome.NoConsensus, Parse("A A B B").Decide(quorum: 0.3).Outcome);

    [Fact]
    public void MinResponsesIsTheCallers() => Assert.Equal(DecisionOutcome.Plurality, Parse("A A - - -").Decide(minResponses: 2).Outcome);

    [Fact]
    public void OneReliableModelOutweighsTwoPoorOnes()
    {
        var decision = (Parse("A B B") with { Reliability = [0.98, 0.4, 0.4] }).Decide(Strategies.Weighted);
        Assert.Equal("A", decision.Answers[decision.Clusters[0].Representative]!.Key);
        Assert.Equal(DecisionOutcome.Consensus, decision.Outcome);
    }

    [Fact]
    public void MinorityStaysVisible()
    {
        var decision = Parse("B A A C").Decide();
        Assert.Equal([[1, 2], [0], [3]], decision.Clusters.Select(c => c.Candidates));
        Assert.Equal([0.5, 0.25, 0.25], decision.Clusters.Select(c => c.Share));
    }

    [Fact]
    public void MostCommonWordingStandsForItsCluster()
    {
        var decision = Decider.Decide(new DecisionInput { Candidates = [.. new[] { "PARIS", "Paris", "Paris", "Paris." }.Select((text, i) => new CandidateText($"m{i}", "f", text))] });
        Assert.Equal("Paris", decision.Answers[Assert.Single(decision.Clusters).Representative]!.Text);
    }

    [Fact]
    public void EmptyPanelIsRefused() => Assert.Throws<ArgumentException>(() => new Panel([]).Decide());

    [Fact]
    public void UnknownStrategyIsRefused() => Assert.Throws<ArgumentException>(() => Parse("A").Decide("dictator"));

    private static Decision Decide(string panel, string strategy) => Parse(panel).Decide(strategy);

    private static Panel Parse(string panel) => new([.. panel.Split(' ').Select(w => w == "-" ? null : w)]);
}
