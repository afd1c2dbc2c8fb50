using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Testing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>What holds whatever happens, in whatever order: answers, failures, hanging providers, time, a cap, a caller who leaves.</summary>
public sealed class FanOutInvariantTests
{
    [Property(MaxTest = 80, Arbitrary = [typeof(Turmoils)])]
    public void EveryAskedCallEndsInExactlyOneStateAndTheCapHolds(Turmoil turmoil) => PlayAsync(turmoil).GetAwaiter().GetResult();

    private static async Task PlayAsync(Turmoil turmoil)
    {
        const decimal worst = 0.10m;
        var time = new FakeTimeProvider();
        var models = new ScriptedModels();
        models.Stubborn.UnionWith(turmoil.Stubborn.Select(i => $"m{i}"));
        var plan = Plans.Of(turmoil.Models, turmoil.EarlyStop) with { Deadline = TimeSpan.FromSeconds(2), SamplesPerModel = turmoil.Samples, MaxCostUsd = turmoil.CapUsd };
        var told = new List<(int Id, int Asked)>();
        var fanOut = Plans.FanOut(models, time, _ => worst);
        using var caller = new CancellationTokenSource();
        var run = Task.Run(() => fanOut.AskAsync(plan, (f, asked) => told.Add((f.Call.Id, asked)), caller.Token));

        foreach (var step in turmoil.Steps)
        {
            var open = models.Calls.Where(c => !c.Reply.IsCompleted).ToArray();
            Assert.True(turmoil.CapUsd is null || models.Calls.Sum(AtWorst) <= turmoil.CapUsd);
            switch (step % 8)
            {
                case 0 when step > 100:
                    await caller.CancelAsync();
                    break;
                case < 4 when open.Length > 0:
                    open[step % open.Length].Says(step % 3 == 0 ? "B" : "A", 0.01m * (step % 10));
                    break;
                case 4 when open.Length > 0:
                    open[step % open.Length].Fails((FailureReason)(step % 7));
                    break;
                case 5 when open.Length > 0:
                    open[step % open.Length].Throws(new InvalidOperationException("scripted"));
                    break;
                default:
                    time.Advance(TimeSpan.FromMilliseconds(step * 2));
                    break;
            }

            await Task.Yield();
        }

        var answers = await Ending.OfAsync(run, time, TimeSpan.FromMilliseconds(200));
        Assert.Equal(Enumerable.Range(0, answers.Calls.Count), answers.Calls.Select(c => c.Call.Id));
        Assert.All(answers.Calls, c => Assert.True(c.Reply.Text is null != c.Reply.Failure is null));
        Assert.All(answers.Calls.Where(c => c.StoppedBy is not null), c => Assert.Null(c.Reply.Text));
        Assert.Equal(answers.Calls.Select(c => c.Call.Id), told.Select(t => t.Id).Order());
        Assert.All(told, t => Assert.InRange(t.Asked, t.Id + 1, answers.PanelSize));
        Assert.Equal(turmoil.Models * turmoil.Samples, answers.PanelSize);
        Assert.Equal(answers.Calls.Count(c => c.Reply.Failure != FailureReason.CostLimit), models.Calls.Count);
        Assert.True(answers.End is not FanOutEnd.Complete and not FanOutEnd.Enough || answers.Calls.All(c => c.StoppedBy is null or FanOutEnd.Enough));
        Assert.True(answers.Needed >= TimeSpan.Zero);

        Assert.True(turmoil.CapUsd is null || models.Calls.Sum(AtWorst) <= turmoil.CapUsd);
        foreach (var hanging in models.Calls)
        {
            hanging.Says("far too late");
        }

        // A call that its cancellation ended may still be landing on another thread.
        await Eventually.HoldsAsync(() => Enumerable.Range(0, turmoil.Models).All(i => fanOut.Stuck.Count($"m{i}") == 0));

        static decimal AtWorst(ScriptedCall call) => call.Reply.IsCompletedSuccessfully && call.Reply.Result is var reply
            ? reply.CostUsd ?? (reply.Failure is FailureReason.RateLimited or FailureReason.Rejected or FailureReason.Unauthorized ? 0 : worst)
            : worst;
    }
}

public sealed record Turmoil(int Models, int Samples, EarlyStop EarlyStop, decimal? CapUsd, IReadOnlyList<int> Stubborn, IReadOnlyList<int> Steps)
{
    public override string ToString() => $"{Models} × {Samples} {EarlyStop} cap {CapUsd} stubborn {string.Join(',', Stubborn)}: {string.Join(' ', Steps)}";
}

public static class Turmoils
{
    public static Arbitrary<Turmoil> Turmoil()
    {
        var turmoils =
            from models in Gen.Choose(1, 6)
            from samples in Gen.Choose(1, 2)
            from earlyStop in Gen.Elements(EarlyStop.Off, EarlyStop.Certain, EarlyStop.Adaptive)
            from cap in Gen.Frequency((2, Gen.Constant<decimal?>(null)), (1, Gen.Elements<decimal?>(0.05m, 0.25m, 0.45m)))
            from stubborn in Gen.Choose(0, 5).ListOf()
            from steps in Gen.Choose(0, 120).ArrayOf(20)
            select new Turmoil(models, samples, earlyStop, cap, [.. stubborn.Take(2)], steps);
        return turmoils.ToArbitrary();
    }
}
