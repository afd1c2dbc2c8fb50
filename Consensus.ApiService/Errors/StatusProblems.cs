using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Diagnostics;

namespace Consensus.ApiService.Errors;

/// <summary>Gives the framework's own bare error statuses (unknown path, wrong method) the body that every error has.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var problem = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiVersions.NotFound(http.Request),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                ErrorCatalog.MethodNotAllowed, $"{http.Request.Method} is not allowed here; {http.Response.Headers.Allow} is."),
            StatusCodes.Status406NotAcceptable => new Problem(ErrorCatalog.NotAcceptable),
            StatusCodes.Status413PayloadTooLarge => new Problem(ErrorCatalog.BodyTooLarge),
            StatusCodes.Status415UnsupportedMediaType => new Problem(ErrorCatalog.UnsupportedMediaType),
            >= 500 => new Problem(ErrorCatalog.InternalError),
            _ => null,
        };
        return problem?.ExecuteAsync(http) ?? Task.CompletedTask;
    }
}
