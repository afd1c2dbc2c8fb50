using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>Models whose calls end when the test says so. A released call lands at once, on the releasing thread, so that the order of landing is the order of release.</summary>
internal sealed class ScriptedModels
{
    private readonly Lock gate = new();
    private readonly List<ScriptedCall> calls = [];

    /// <summary>Models that do not end when they are cancelled.</summary>
    public HashSet<string> Stubborn { get; } = [];

    /// <summary>Models that answer at once.</summary>
    public Dictionary<string, ModelReply> Instant { get; } = [];

    /// <summary>What models answer at once; <c>null</c> leaves a call waiting. Asked before <see cref="Instant"/>.</summary>
    public Func<ModelCall, ModelReply?>? Answer { get; set; }

    /// <summary>Happens while a call is being sent.</summary>
    public Action? Sending { get; set; }

    public IReadOnlyList<ScriptedCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var scripted = new ScriptedCall(call, cancellationToken);
        lock (gate)
        {
            calls.Add(scripted);
        }

        Sending?.Invoke();

        if ((Answer?.Invoke(call) ?? Instant.GetValueOrDefault(call.Model)) is { } reply)
        {
            scripted.End(reply);
        }
        else if (!Stubborn.Contains(call.Model))
        {
            cancellationToken.Register(() => scripted.End(Fails(FailureReason.Cancelled)));
        }

        return scripted.Reply;
    }

    /// <summary>Waits until so many calls have been made.</summary>
    public Task AskedAsync(int count) => Eventually.HoldsAsync(() => Calls.Count >= count);

    /// <summary>The calls to a model, first to last.</summary>
    public ScriptedCall Call(string model, int sample = 0) => Calls.Where(c => c.Call.Model == model).ElementAt(sample);

    public static ModelReply Says(string text, decimal? cost = null) => new()
    {
        Text = text, Attempts = 1, InputTokens = 10, OutputTokens = 5, CostUsd = cost, FinishReason = "stop",
    };

    /// <summary>A failure; one that an error status does not explain may be billed.</summary>
    public static ModelReply Fails(FailureReason reason, int attempts = 1) => new()
    {
        Failure = reason,
        FailureMessage = "scripted",
        Attempts = attempts,
        MayBeBilled = attempts > 0 && reason is not (FailureReason.RateLimited or FailureReason.Unauthorized or FailureReason.Rejected),
    };
}

/// <summary>One call, waiting to be ended.</summary>
internal sealed class ScriptedCall(ModelCall call, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ModelReply> source = new();

    public ModelCall Call => call;

    public bool IsCancelled => cancellation.IsCancellationRequested;

    public Task<ModelReply> Reply => source.Task;

    public void Says(string text, decimal? cost = null) => End(ScriptedModels.Says(text, cost));

    public void Fails(FailureReason reason) => End(ScriptedModels.Fails(reason));

    public void Throws(Exception exception) => source.TrySetException(exception);

    public void End(ModelReply reply) => source.TrySetResult(reply);
}
