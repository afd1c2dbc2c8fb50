using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Runs;

public sealed class RunTotalsTests
{
    [Fact]
    public void OneUnknownPriceMakesTheCostUnknownButNotTheTokens()
    {
        var usage = RunTotals.Usage([Answered(new(10, 5, 0.1m)), Answered(new(10, 5, null))]);

        Assert.Equal(new UsageBody(20, 10, null), usage);
    }

    [Theory]
    [InlineData(FailureReason.Timeout, 1, false)]
    [InlineData(FailureReason.Cancelled, 1, false)]
    [InlineData(FailureReason.Malformed, 1, false)]
    [InlineData(FailureReason.Refused, 1, false)]
    [InlineData(FailureReason.Unavailable, 3, true)]
    [InlineData(FailureReason.RateLimited, 3, true)]
    [InlineData(FailureReason.Unauthorized, 1, true)]
    [InlineData(FailureReason.CircuitOpen, 0, true)]
    [InlineData(FailureReason.CostLimit, 0, true)]
    [InlineData(FailureReason.Timeout, 0, true)]
    public void ACallThatMayHaveBeenBilledWithoutSayingSoMakesTheSumsUnknown(FailureReason reason, int attempts, bool known)
    {
        var failed = Answered(null) with { Status = CandidateStatus.Failed, Error = new CandidateErrorBody(reason, "…"), Attempts = attempts };
        var usage = RunTotals.Usage([Answered(new(10, 5, 0.1m)), failed]);

        Assert.Equal(known ? new UsageBody(10, 5, 0.1m) : new UsageBody(null, null, null), usage);
    }

    [Fact]
    public void AFailedCallThatTellsItsUsageIsCounted()
    {
        var refused = Answered(new(10, 1, 0.05m)) with { Status = CandidateStatus.Failed, Error = new CandidateErrorBody(FailureReason.Refused, "…") };

        Assert.Equal(new UsageBody(20, 6, 0.15m), RunTotals.Usage([Answered(new(10, 5, 0.1m)), refused]));
    }

    private static CandidateBody Answered(UsageBody? usage) => new() { Id = 0, Model = "m", Status = CandidateStatus.Answered, Attempts = 1, Usage = usage };
}
