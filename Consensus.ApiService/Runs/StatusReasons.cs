namespace Consensus.ApiService.Runs;

/// <summary>Why a run ended without a decision: the values of <c>statusReason</c> that this process gives.</summary>
internal static class StatusReasons
{
    /// <summary>Every call failed.</summary>
    public const string PanelFailed = "panel_failed";

    /// <summary>The deadline passed without any text, and calls were still going.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>To decide on the answers failed inside this system; they are kept with the run.</summary>
    public const string Internal = "internal";

    /// <summary>The caller went away.</summary>
    public const string CallerGone = "caller_gone";

    /// <summary>Somebody who may asked for the run to stop.</summary>
    public const string CancelRequested = "cancel_requested";

    /// <summary>The process that conducted the run ended before the run did.</summary>
    public const string Interrupted = "interrupted";
}
