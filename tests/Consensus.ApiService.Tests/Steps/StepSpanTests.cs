using System.Collections.Concurrent;
using System.Diagnostics;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>Each step is a span of its run's, whatever became of it.</summary>
public sealed class StepSpanTests : IDisposable
{
    private readonly RunRig rig = new();
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;

    public StepSpanTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ApiTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    [Fact]
    public async Task AStepThatFellBackSaysWhy()
    {
        rig.Models.Answer = call => call.IsStep() ? ScriptedModels.Fails(FailureReason.Refused) : null;
        var run = await rig.ConductAsync(StepPlans.Of("ranked"), "A", "A", "B", "C");
        Assert.Equal([("vote", "completed", null), ("rank", "fell_back", "all_failed")], StepsOf(run));
    }

    [Fact]
    public async Task TheVoteOfAPanelThatFailedIsASpanWithoutAnEnd()
    {
        rig.Models.Answer = _ => ScriptedModels.Fails(FailureReason.Refused);
        var run = await rig.ConductAsync(StepPlans.Of("ranked"));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal([("vote", null, null)], StepsOf(run));
    }

    public void Dispose() => listener.Dispose();

    private IEnumerable<(object? Name, object? Status, object? Reason)> StepsOf(ConsensusResponse run)
    {
        var parent = Assert.Single(ended, span => Equals(span.GetTagItem("consensus.run.id"), run.RunId.ToString()));
        return ended.Where(span => span.OperationName == ApiTelemetry.StepSpan && span.ParentSpanId == parent.SpanId)
            .Select(span => (span.GetTagItem("consensus.step.name"), span.GetTagItem("consensus.step.status"), span.GetTagItem("consensus.step.reason")));
    }
}
