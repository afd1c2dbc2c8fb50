using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Runs;

public sealed class RunTimingsTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task TheOverheadIsWhatWasNotSpentWaitingForNeededCalls()
    {
        var conducting = rig.ConductAsync(Plans.Of(2));
        await rig.Models.AskedAsync(2);
        rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        rig.Models.Call("m0").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(100) });
        rig.Time.Advance(TimeSpan.FromMilliseconds(300));
        rig.Models.Call("m1").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(350) });
        var timings = (await Ending.OfAsync(conducting)).Timings!;

        Assert.Equal(new TimingsBody(400, 350, 50), timings);
    }

    [Fact]
    public async Task TheTimeInWhichTheLastCallsAreSentIsSpentOnTheFirst()
    {
        rig.Models.Sending = () => rig.Time.Advance(TimeSpan.FromMilliseconds(50));
        var conducting = rig.ConductAsync(Plans.Of(2));
        await rig.Models.AskedAsync(2);
        await Eventually.HoldsAsync(() => rig.Time.GetUtcNow() - rig.Time.Start == TimeSpan.FromMilliseconds(100));
        rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        rig.Models.Call("m0").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(200) });
        rig.Models.Call("m1").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(150) });
        var timings = (await Ending.OfAsync(conducting)).Timings!;

        Assert.Equal(new TimingsBody(200, 200, 0), timings);
    }

    [Fact]
    public async Task InWavesTheSlowestNeededCallOfEachCounts()
    {
        var conducting = rig.ConductAsync(Plans.Of(4, EarlyStop.Adaptive));
        await rig.Models.AskedAsync(3);
        rig.Time.Advance(TimeSpan.FromMilliseconds(200));
        rig.Models.Call("m0").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(150) });
        rig.Models.Call("m1").End(ScriptedModels.Says("B") with { Latency = TimeSpan.FromMilliseconds(180) });
        rig.Models.Call("m2").End(ScriptedModels.Says("C") with { Latency = TimeSpan.FromMilliseconds(120) });
        await rig.Models.AskedAsync(4);
        rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        rig.Models.Call("m3").End(ScriptedModels.Says("A") with { Latency = TimeSpan.FromMilliseconds(90) });
        var timings = (await Ending.OfAsync(conducting)).Timings!;

        Assert.Equal(new TimingsBody(300, 180, 30), timings);
    }
}
