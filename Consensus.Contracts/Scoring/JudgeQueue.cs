namespace Consensus.Contracts.Scoring;

/// <summary>
/// The queue of judge jobs in Redis: its keys, and the message. Attempts, state and dead letters live in the run log; the queue only says which job is next.
/// </summary>
/// <remarks>
/// A job is sent by one transaction that sets its marker and pushes its message unless the marker is there, and taken by moving the message to the worker's own
/// list. Whoever finishes a job removes message and marker together. So a job without a marker is on no list and can be sent again.
/// </remarks>
public static class JudgeQueue
{
    /// <summary>The list of messages that nobody has taken; pushed on the left, taken on the right.</summary>
    public const string Waiting = "scoring:queue";

    /// <summary>The channel on which it is told that something was sent. It only wakes: who misses it polls.</summary>
    public const string Wake = "scoring:wake";

    /// <summary>The set of the ids of all workers.</summary>
    public const string Workers = "scoring:workers";

    /// <summary>Exists as long as the worker beats.</summary>
    public static string HeartBeat(string worker) => $"scoring:worker:{worker}";

    /// <summary>The list of the messages that a worker has taken.</summary>
    public static string Taken(string worker) => $"scoring:taken:{worker}";

    /// <summary>Exists as long as the job is on a list.</summary>
    public static string Marker(Guid jobId) => $"scoring:job:{jobId:D}";
}

/// <summary>A message of the queue: a job, and the trace that it belongs to.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TraceParent">The W3C trace context of the run; <c>null</c> when it was not traced.</param>
public readonly record struct JudgeMessage(Guid JobId, string? TraceParent)
{
    /// <summary>As it is written: the id, and after a space the trace context. The same job is always the same text, so that it can be removed by value.</summary>
    public override string ToString() => TraceParent is null ? $"{JobId:D}" : $"{JobId:D} {TraceParent}";

    /// <summary>Reads a message; <c>null</c> for what is none.</summary>
    public static JudgeMessage? Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return Guid.TryParseExact(space < 0 ? text : text[..space], "D", out var id) ? new JudgeMessage(id, space < 0 ? null : text[(space + 1)..]) : null;
    }
}
