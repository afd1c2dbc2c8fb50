using System.Diagnostics;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>Asks a panel: one call per model and sample, until all have ended, the answers are enough, the deadline passes or the caller goes away.</summary>
/// <param name="ask">Asks one model; failures come back as values.</param>
/// <param name="worstCaseCost">The worst-case price of a call; <c>null</c> when it has none.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where faults of our own go.</param>
internal sealed partial class PanelFanOut(
    Func<ModelCall, CancellationToken, Task<ModelReply>> ask, Func<ModelCall, decimal?> worstCaseCost, TimeProvider time, ILogger<PanelFanOut> logger)
{
    /// <summary>How long after its deadline or cancellation a call may take to come back before it is given up. Its answer no longer counts; its attempts and cost do.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    /// <summary>How much longer than the run a call may take before it ends by its own time.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(10);

    public StuckCalls Stuck { get; } = new();

    /// <summary>Asks the panel of a plan.</summary>
    /// <param name="plan">Whom to ask, what, and until when.</param>
    /// <param name="finished">Called for every call that ends, one at a time, with the number of calls asked so far.</param>
    /// <param name="callerGone">Ends the fan-out with what has finished.</param>
    public Task<PanelAnswers> AskAsync(RunPlan plan, Action<FinishedCall, int>? finished, CancellationToken callerGone) =>
        AskAsync(plan, new FanOutPart(PanelCall.Of(plan), plan.Deadline, new CostLedger(plan.MaxCostUsd)), finished, callerGone);

    /// <summary>Asks a part of the panel of a plan, within a part of its deadline, on a ledger that other parts share.</summary>
    public Task<PanelAnswers> AskAsync(RunPlan plan, FanOutPart part, Action<FinishedCall, int>? finished, CancellationToken callerGone) =>
        new FanOutRun(this, plan, part, finished).RunAsync(callerGone);

    internal TimeProvider Time => time;

    internal decimal? WorstCaseCost(ModelCall call) => worstCaseCost(call);

    /// <summary>Asks one model and never throws.</summary>
    internal async Task<ModelReply> AskOneAsync(ModelCall call, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await ask(call, cancellationToken);
            return reply.Text is null && reply.Failure is null ? reply with { Failure = FailureReason.Empty, FailureMessage = "The model gave no text." } : reply;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failures.Of(FailureReason.Cancelled, "The call was cancelled.", attempts: 1);
        }
        catch (Exception fault)
        {
            // Type and stack only: the message of a foreign exception may quote the prompt.
            LogFault(call.Model, fault.GetType().FullName!, new StackTrace(fault).ToString());
            return Failures.Of(FailureReason.Internal, "A fault on our side while asking.", attempts: 1);
        }
    }

    internal void LogGivenUp(string model) => LogStuck(model, Stuck.Count(model));

    /// <summary>Sees to it that a failing cancellation callback of a provider is logged and not lost.</summary>
    internal void Observe(Task cancelling) => _ = cancelling.ContinueWith(
        static (task, self) => ((PanelFanOut)self!).LogCancellationFault(task.Exception!.GetBaseException().GetType().FullName!),
        this, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    [LoggerMessage(LogLevel.Error, "Asking {Model} failed inside this system with {ExceptionType} at {Stack}")]
    private partial void LogFault(string model, string exceptionType, string stack);

    [LoggerMessage(LogLevel.Warning, "A call to {Model} did not end when it was cancelled; {Stuck} such calls are open")]
    private partial void LogStuck(string model, int stuck);

    [LoggerMessage(LogLevel.Warning, "A cancellation callback of a call failed with {ExceptionType}")]
    private partial void LogCancellationFault(string exceptionType);
}
