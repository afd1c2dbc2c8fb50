using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using CoreLevel = Consensus.Core.Stability.StabilityLevel;

namespace Consensus.ApiService.Tests.Runs;

public sealed class DecisionMappingTests
{
    [Fact]
    public void EveryKindOutcomeAndLevelHasTheWordOfTheSameNameOnTheWire()
    {
        Assert.All(Enum.GetValues<AnswerKind>(), k => Assert.Equal(k.ToString(), DecisionMapping.ToWire(k).ToString()));
        Assert.All(Enum.GetValues<DecisionOutcome>(), o => Assert.Equal(o.ToString(), DecisionMapping.ToWire(o).ToString()));
        Assert.All(Enum.GetValues<CoreLevel>(), l => Assert.Equal(l.ToString(), StabilityMapping.ToWire(l).ToString()));
    }

    [Fact]
    public void CandidatesKeepTheirIdsInClustersThatWereMadeByPosition()
    {
        CandidateBody[] candidates = [Said(7, "x", "A"), Said(8, "y", null), Said(9, "x", "A")];
        var decision = Decider.Decide(new DecisionInput
        {
            Candidates = [.. candidates.Select(c => new CandidateText(c.Model, c.Model, c.Text))],
            Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["red", "green"] },
        });
        var run = DecisionMapping.ToResponse(
            new ConsensusResponse { RunId = Guid.Empty, Kind = RunKind.Aggregate, Status = RunStatus.Completed, Strategy = "majority" }, candidates, decision);

        var cluster = Assert.Single(run.Clusters);
        Assert.Equal([7, 9], cluster.Candidates);
        Assert.Equal(["x"], cluster.Models);
        Assert.Equal(2, cluster.Size);
        Assert.Equal([0, null, 0], run.Candidates!.Select(c => c.Cluster));
        Assert.Equal(FailureReason.Timeout, run.Candidates![1].Error!.Reason);
    }

    private static CandidateBody Said(int id, string model, string? text) => new()
    {
        Id = id, Model = model, Text = text, Status = CandidateStatus.Failed,
        Error = text is null ? new CandidateErrorBody(FailureReason.Timeout, "too late") : null,
    };
}
