using Consensus.Contracts.Errors;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Errors;

/// <summary>The outermost catch: whatever is thrown becomes problem details that tell nothing of the fault; the log has it under the request id.</summary>
internal sealed partial class FaultBarrier(RequestDelegate next, ILogger<FaultBarrier> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault)
        {
            await AnswerAsync(http, fault);
        }
    }

    private async Task AnswerAsync(HttpContext http, Exception fault)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return; // Nobody is there to be told.
        }

        var problem = ProblemOf(fault);
        if (problem.Code == ErrorCatalog.InternalError)
        {
            LogFault(http.Request.Method, http.GetEndpoint()?.DisplayName, FaultText.Of(fault));
        }
        else if (problem.Code == ErrorCatalog.RunLogUnavailable)
        {
            LogRunLog(fault, http.Request.Method, http.GetEndpoint()?.DisplayName);
        }

        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        await problem.ExecuteAsync(http);
    }

    /// <summary>What a caller is told of a fault.</summary>
    public static Problem ProblemOf(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Problem(ErrorCatalog.BodyTooLarge),
        BadHttpRequestException => new Problem(ErrorCatalog.MalformedJson, "The body broke off before its end."),
        EvidenceUnavailableException => new Problem(ErrorCatalog.EvidenceUnavailable),
        EvidenceVersionException version => new Problem(ErrorCatalog.EvidenceVersionUnsupported, version.Message),
        RunLogUnavailableException => new Problem(ErrorCatalog.RunLogUnavailable),
        _ => new Problem(ErrorCatalog.InternalError),
    };

    [LoggerMessage(LogLevel.Error, "Unforeseen fault in {Method} {Endpoint}: {Fault}")]
    private partial void LogFault(string method, string? endpoint, string fault);

    [LoggerMessage(LogLevel.Error, "The run log failed in {Method} {Endpoint}")]
    private partial void LogRunLog(Exception fault, string method, string? endpoint);
}
