using System.Diagnostics;

namespace Consensus.ApiService.Scoring;

/// <summary>The trace that judging belongs to.</summary>
internal static class JudgeTrace
{
    /// <summary>The W3C trace context of what is going on now; <c>null</c> when it is not traced.</summary>
    public static string? Parent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;
}
