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
    public void WhatResamplingComesToIsOnTheWireAndMembersThatDoNotApplyAreNull()
    {
        var exact = StabilityMapping.ToWire(Decide("x:A", "x:A", "y:A", "y:B", "z:B").Stability);
        Assert.Equal(11.0 / 27, exact.FlipProbability!.Value, 9);
        Assert.Null(exact.Interval);
        Assert.Null(exact.Replicates);
        Assert.Equal([new("x", 2, 1), new("y", 2, 0)], exact.Repeatability!);

        var drawn = StabilityMapping.ToWire(Decide([.. Enumerable.Range(0, 40).Select(i => $"{i}:{(char)('A' + (i * i % 11))}")]).Stability);
        Assert.InRange(drawn.FlipProbability!.Value, drawn.Interval!.Low, drawn.Interval.High);
        Assert.Equal(1000, drawn.Replicates);
        Assert.True(drawn is { AgreementDeviation: > 0, EntropyDeviation: > 0, Repeatability: null });

        var few = StabilityMapping.ToWire(Decide("x:A", "y:A").Stability);
        Assert.True(few is { FlipProbability: null, AgreementDeviation: null, EntropyDeviation: null });

        static Decision Decide(params string[] says) => Decider.Decide(new DecisionInput
        {
            Candidates = [.. says.Select(c => c.Split(':')).Select(c => new CandidateText(c[0], c[0], c[1]))],
            Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = [.. Enumerable.Range(0, 11).Select(i => $"option {i}")] },
            MinResponses = 1,
        });
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
