using Consensus.ApiService.Http;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>The answer to who wants the run's answer later: 202 with the run as it stands and where it will be found.</summary>
internal sealed class AcceptedRun(ConsensusResponse run) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = RunLinks.Self(run.RunId);
        response.Headers.RetryAfter = "1";
        response.Headers[RunWish.AppliedHeader] = RunWish.RespondAsyncWord;
        return response.WriteAsJsonAsync(
            run with { Request = null, Candidates = null }, WireJson.Default.ConsensusResponse, "application/json; charset=utf-8", httpContext.RequestAborted);
    }
}
