using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>A run that has ended, as it is sent: the response with its address, or the problem that it failed with.</summary>
internal sealed class RunResult(ConsensusResponse run) : IResult
{
    public static IResult Of(ConsensusResponse run, IncludedParts included) => run is { Status: RunStatus.Cancelled, StatusReason: not StatusReasons.CancelRequested }
        ? Results.StatusCode(StatusCodes.Status499ClientClosedRequest) // For the log: nobody is there to read it.
        : Failure(run) ?? (IResult)new RunResult(Sent(run, included));

    /// <summary>The problem of a run that failed or was stopped on request; <c>null</c> for one that was decided or whose caller has gone.</summary>
    public static Problem? Failure(ConsensusResponse run) => run is not ({ Status: RunStatus.Failed } or { StatusReason: StatusReasons.CancelRequested })
        ? null : new Problem(CodeOf(run.StatusReason))
        {
            RunId = run.RunId,
            Candidates = run.Candidates,
            Location = run.Links.GetValueOrDefault("self"),
        };

    /// <summary>The run as its caller gets it: the request stands in look-ups only, candidates and provenance where they are included.</summary>
    public static ConsensusResponse Sent(ConsensusResponse run, IncludedParts included) =>
        run with { Request = null, Candidates = included.HasCandidates ? run.Candidates : null, Provenance = included.HasProvenance ? run.Provenance : null };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (run.Links.TryGetValue("self", out var self))
        {
            httpContext.Response.Headers.Location = self;
        }

        return httpContext.Response.WriteAsJsonAsync(run, WireJson.Default.ConsensusResponse, "application/json; charset=utf-8", httpContext.RequestAborted);
    }

    private static ErrorCode CodeOf(string? reason) => reason switch
    {
        StatusReasons.DeadlineExceeded => ErrorCatalog.DeadlineExceeded,
        StatusReasons.Interrupted => ErrorCatalog.RunInterrupted,
        StatusReasons.CancelRequested => ErrorCatalog.RunCancelled,
        StatusReasons.Internal => ErrorCatalog.InternalError,
        _ => ErrorCatalog.PanelFailed,
    };
}
