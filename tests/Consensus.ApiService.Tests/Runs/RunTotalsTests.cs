using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Tests.Runs;

public sealed class RunTotalsTests
{
    [Fact]
    public void OneUnknownPriceMakesTheCostUnknownButNotTheTokens() =>
        Assert.Equal(new UsageBody(20, 10, null), Usage(ScriptedModels.Says("A", 0.1m), ScriptedModels.Says("A")));

    [Theory]
    [InlineData(FailureReason.Timeout, 1, true, false)]
    [InlineData(FailureReason.Cancelled, 1, true, false)]
    [InlineData(FailureReason.Malformed, 1, true, false)]
    [InlineData(FailureReason.Refused, 1, true, false)]
    [InlineData(FailureReason.Unavailable, 3, false, true)] // after an error status
    [InlineData(FailureReason.Unavailable, 1, true, false)] // by an answer that was broken off
    [InlineData(FailureReason.RateLimited, 3, false, true)]
    [InlineData(FailureReason.Unauthorized, 1, false, true)]
    [InlineData(FailureReason.CircuitOpen, 0, false, true)]
    [InlineData(FailureReason.CostLimit, 0, false, true)]
    [InlineData(FailureReason.Timeout, 0, false, true)]
    public void ACallThatMayHaveBeenBilledWithoutSayingSoMakesTheSumsUnknown(FailureReason reason, int attempts, bool mayBeBilled, bool known)
    {
        var failed = new ModelReply { Failure = reason, FailureMessage = "…", Attempts = attempts, MayBeBilled = mayBeBilled };

        Assert.Equal(known ? new UsageBody(10, 5, 0.1m) : new UsageBody(null, null, null), Usage(ScriptedModels.Says("A", 0.1m), failed));
    }

    [Fact]
    public void AFailedCallThatTellsItsUsageIsCounted()
    {
        var refused = new ModelReply { Failure = FailureReason.Refused, Attempts = 1, InputTokens = 10, OutputTokens = 1, CostUsd = 0.05m };

        Assert.Equal(new UsageBody(20, 6, 0.15m), Usage(ScriptedModels.Says("A", 0.1m), refused));
    }

    [Fact]
    public void AnAnswerAfterALostAttemptTellsOnlyItsOwnUsage() =>
        Assert.Equal(new UsageBody(null, null, null), Usage(ScriptedModels.Says("A", 0.1m) with { Attempts = 2, MayBeBilled = true }));

    [Fact]
    public void ACallThatWasGivenUpMayBeBilled() =>
        Assert.Equal(new UsageBody(null, null, null), Usage(ScriptedModels.Says("A", 0.1m), Failures.Cut(FanOutEnd.Deadline, late: null, TimeSpan.Zero)));

    private static UsageBody Usage(params ModelReply[] replies) => RunTotals.Usage(replies);
}
