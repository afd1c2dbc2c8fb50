using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

public sealed class CostTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedModels models = new();

    [Fact]
    public async Task CallsThatMightBreakTheCapAreNotMade()
    {
        var fanOut = Plans.FanOut(models, time, _ => 0.04m);
        var run = Task.Run(() => fanOut.AskAsync(Plans.Of(3) with { MaxCostUsd = 0.10m }, null, default));
        await models.AskedAsync(2);
        models.Call("m0").Says("A", 0.01m);
        models.Call("m1").Says("A", 0.01m);
        var answers = await Ending.OfAsync(run);

        Assert.Equal(2, models.Calls.Count);
        Assert.Equal((FailureReason.CostLimit, 0), (answers.Calls[2].Reply.Failure!.Value, answers.Calls[2].Reply.Attempts));
    }

    [Fact]
    public async Task AModelWithoutAPriceIsNotAskedUnderACap()
    {
        var fanOut = Plans.FanOut(models, time, call => call.Model == "m0" ? null : 0.01m);
        var run = Task.Run(() => fanOut.AskAsync(Plans.Of(2) with { MaxCostUsd = 1 }, null, default));
        await models.AskedAsync(1);
        models.Call("m1").Says("A", 0.01m);
        var answers = await Ending.OfAsync(run);

        Assert.Equal([FailureReason.CostLimit, null], answers.Calls.Select(c => c.Reply.Failure));
    }

    [Fact]
    public async Task WhatAWaveDidNotUseIsThereForTheNext()
    {
        // Worst case 0.04 each: three at once under 0.12, and the next fits only because the first three cost less.
        var fanOut = Plans.FanOut(models, time, _ => 0.04m);
        var run = Task.Run(() => fanOut.AskAsync(Plans.Of(5, EarlyStop.Adaptive) with { MaxCostUsd = 0.12m }, null, default));
        await models.AskedAsync(3);
        models.Call("m0").Says("A", 0.01m);
        models.Call("m1").Says("B", 0.01m);
        models.Call("m2").Says("A", 0.01m);
        await models.AskedAsync(4);
        models.Call("m3").Says("A", 0.01m);
        var answers = await Ending.OfAsync(run);

        Assert.Equal(["A", "B", "A", "A"], answers.Calls.Select(c => c.Reply.Text));
    }

    [Fact]
    public async Task ACallThatWasNotMadeFreesNothingForALaterOne()
    {
        var fanOut = Plans.FanOut(models, time, _ => 0.10m);
        var run = Task.Run(() => fanOut.AskAsync(Plans.Of(8, EarlyStop.Adaptive) with { MaxCostUsd = 0.05m }, null, default));
        var answers = await Ending.OfAsync(run);

        Assert.Empty(models.Calls);
        Assert.Equal(8, answers.Calls.Count(c => c.Reply.Failure == FailureReason.CostLimit));
    }

    [Theory]
    [InlineData(FailureReason.Timeout, 1, 0.5)]
    [InlineData(FailureReason.Cancelled, 1, 0.5)]
    [InlineData(FailureReason.Malformed, 1, 0.5)]
    [InlineData(FailureReason.Unavailable, 1, 0.5)]
    [InlineData(FailureReason.RateLimited, 3, 0)]
    [InlineData(FailureReason.Unauthorized, 1, 0)]
    [InlineData(FailureReason.Rejected, 1, 0)]
    [InlineData(FailureReason.CircuitOpen, 0, 0)]
    public void AFailedCallKeepsItsReservationUnlessItCannotHaveBeenBilled(FailureReason reason, int attempts, double committed)
    {
        var ledger = new CostLedger(1);
        Assert.True(ledger.TryReserve(0.5m));
        ledger.Settle(0.5m, ScriptedModels.Fails(reason, attempts));

        Assert.Equal((decimal)committed, ledger.CommittedUsd);
    }

    [Fact]
    public void AnAnswerAfterAnAttemptThatMayBeBilledKeepsItsReservation()
    {
        var ledger = new CostLedger(1);
        Assert.True(ledger.TryReserve(0.5m));
        ledger.Settle(0.5m, ScriptedModels.Says("A", 0.1m) with { Attempts = 2, MayBeBilled = true });

        Assert.Equal(0.5m, ledger.CommittedUsd);
    }

    [Property]
    public bool SpentAndInFlightNeverExceedTheCapInAnyInterleaving(PositiveInt capCents, NonEmptyArray<byte> steps)
    {
        var cap = capCents.Get / 100m;
        var ledger = new CostLedger(cap);
        var flying = new Queue<decimal>();
        var actual = 0m;
        foreach (var step in steps.Get)
        {
            var amount = (step >> 1) / 100m;
            if ((step & 1) == 0)
            {
                if (ledger.TryReserve(amount))
                {
                    flying.Enqueue(amount);
                }
            }
            else if (flying.TryDequeue(out var worst))
            {
                var cost = Math.Min(worst, amount);
                actual += cost;
                ledger.Settle(worst, ScriptedModels.Says("A", cost));
            }

            if (ledger.CommittedUsd != actual + flying.Sum() || ledger.CommittedUsd > cap)
            {
                return false;
            }
        }

        return true;
    }

    [Fact]
    public async Task ReservationsAreSafeFromManyThreads()
    {
        var ledger = new CostLedger(100);
        var granted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (ledger.TryReserve(1))
                {
                    Interlocked.Increment(ref granted);
                }
            }
        })));

        Assert.Equal(100, granted);
        Assert.Equal(100, ledger.CommittedUsd);
    }

    [Fact]
    public void WithoutACapEverythingPasses() => Assert.True(new CostLedger(null).TryReserve(null));
}
