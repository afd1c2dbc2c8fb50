using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.OpenAi;

/// <summary>The body of an error as OpenAI's clients read it.</summary>
internal sealed record OpenAiErrorBody(OpenAiErrorDetail Error);

/// <summary>What is wrong.</summary>
/// <param name="Message">In words; every violation is named.</param>
/// <param name="Type">OpenAI's class of the error.</param>
/// <param name="Param">The first member that is wrong.</param>
/// <param name="Code">The stable code of <c>docs/errors.md</c>.</param>
/// <param name="Consensus">The problem as the routes under <c>/v1</c> answer it.</param>
internal sealed record OpenAiErrorDetail(string Message, string Type, string? Param, string Code, JsonElement Consensus);

/// <summary>Writes problems in the shape of OpenAI's errors.</summary>
internal static class OpenAiError
{
    /// <summary>A header by which OpenAI's clients are told whether to ask again by themselves; without it they repeat whatever has the status 409 or 5xx.</summary>
    public const string ShouldRetry = "x-should-retry";

    private const int Named = 10;

    public static OpenAiErrorBody Of(Problem problem, HttpContext http)
    {
        var body = problem.Body(http);
        return new OpenAiErrorBody(new OpenAiErrorDetail(
            Message(body), TypeOf(body.Status), body.Errors is [var first, ..] ? first.Field : problem.Field, body.Code, JsonSerializer.SerializeToElement(body, WireJson.Default.ProblemBody)));
    }

    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        // Of 5xx, models may have been asked by then: the same again would be billed again, and unasked.
        if (problem.Code is { Status: 409, Retryable: false } or { Status: >= 500 } && problem.Code != ErrorCatalog.Draining)
        {
            http.Response.Headers[ShouldRetry] = "false";
        }

        if (problem.RunId is { } runId)
        {
            http.Response.Headers[ConsensusHeaders.RunId] = runId.ToString();
        }

        return http.Response.WriteAsJsonAsync(Of(problem, http), OpenAiWire.Default.OpenAiErrorBody, "application/json; charset=utf-8", http.RequestAborted);
    }

    private static string Message(ProblemBody body)
    {
        if (body.Errors is not { Count: > 0 } errors)
        {
            return $"{body.Title} {body.Detail}";
        }

        var named = string.Join(" ", errors.Take(Named).Select(e => $"{e.Field}: {e.Message}"));
        return errors.Count > Named ? $"{body.Detail} {named} …" : named;
    }

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };
}
