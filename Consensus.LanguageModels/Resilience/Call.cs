using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Providers;
using Polly;

namespace Consensus.LanguageModels.Resilience;

/// <summary>The state of one call while it passes through the pipeline.</summary>
internal sealed class Call(TimeProvider time, TimeSpan timeout, CallProgress progress)
{
    public static readonly ResiliencePropertyKey<Call> Key = new("consensus.call");

    private readonly long _started = time.GetTimestamp();
    private long _attemptStarted;
    private long? _waitStarted;

    public TimeSpan Remaining => timeout - time.GetElapsedTime(_started);

    public int Attempts => progress.Attempts;

    /// <summary>How long the current attempt has been under way.</summary>
    public TimeSpan AttemptTime => time.GetElapsedTime(_attemptStarted);

    /// <summary>The fault of the latest attempt that failed.</summary>
    public ProviderFault? LastFault { get; set; }

    /// <summary>The wait before the next attempt, once it is decided that there is one.</summary>
    public TimeSpan NextDelay { get; set; }

    public CancellationToken Deadline { get; init; }

    /// <summary>The call begins to wait for a place.</summary>
    public void BeginWait() => _waitStarted = time.GetTimestamp();

    /// <summary>How long it waited; <c>null</c> when it does not wait.</summary>
    public TimeSpan? EndWait()
    {
        var waited = _waitStarted is { } since ? time.GetElapsedTime(since) : (TimeSpan?)null;
        _waitStarted = null;
        return waited;
    }

    public void BeginAttempt()
    {
        _attemptStarted = time.GetTimestamp();
        progress.FirstAttempt ??= _attemptStarted;
        progress.Attempts++;
    }

    /// <summary>The attempt brought no answer.</summary>
    public void FailAttempt(bool mayBeBilled) => progress.MayBeBilled |= mayBeBilled;

    public static Call Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);
}
