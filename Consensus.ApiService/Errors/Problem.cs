using Consensus.ApiService.Http;
using Consensus.ApiService.OpenAi;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Core.Privacy;
using Consensus.Storage.Keys;
using Microsoft.AspNetCore.Http.Metadata;

namespace Consensus.ApiService.Errors;

/// <summary>An error response: RFC 9457 problem details with a code of the catalogue.</summary>
internal sealed class Problem(ErrorCode code, string? detail = null) : IResult
{
    public const string MediaType = "application/problem+json";

    public ErrorCode Code => code;

    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The member that is wrong, where the code itself says how.</summary>
    public string? Field { get; init; }

    public Guid? RunId { get; init; }

    public IReadOnlyList<CandidateBody>? Candidates { get; init; }

    /// <summary>Where the run of this problem is stored; <c>null</c> when it is not.</summary>
    public string? Location { get; init; }

    /// <summary>When to ask again: the header <c>Retry-After</c>, in whole seconds, rounded up; <c>null</c> where time alone changes nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem Of(Violations violations) => Of(violations.Errors, violations.Count);

    /// <param name="errors">The violations that are listed.</param>
    /// <param name="count">How many there are.</param>
    public static Problem Of(IReadOnlyList<FieldError> errors, int count) => new(
        ErrorCatalog.ValidationFailed,
        count == 1 ? "1 violation." : count > errors.Count ? $"{count} violations, of which the first {errors.Count} are listed." : $"{count} violations.")
    {
        Errors = errors,
    };

    /// <summary>The body as it is sent.</summary>
    public ProblemBody Body(string? instance, string? requestId) => new()
    {
        Type = code.Type,
        Title = code.Title,
        Status = code.Status,
        Detail = detail ?? code.Description,
        Instance = instance,
        Code = code.Code,
        Retryable = code.Retryable,
        RequestId = requestId,
        Errors = Errors,
        RunId = RunId,
        Candidates = Candidates,
    };

    public ProblemBody Body(HttpContext http) => Body(Shown.Cut(WithoutSecret(http.Request.Path.Value ?? ""), 500), http.TraceIdentifier);

    /// <summary>A key that was put into a path by mistake is not told again.</summary>
    private static string WithoutSecret(string path) => path.Contains(KeySecret.Prefix, StringComparison.Ordinal) ? Redactor.Redact(path) : path;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ErrorMetrics.Record(code, httpContext);
        httpContext.Response.StatusCode = code.Status;
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Location is not null)
        {
            httpContext.Response.Headers.Location = Location;
        }

        // Whoever writes it (a route, the keys, the barrier, a bare status), the caller gets the shape of the protocol that it speaks.
        return ApiPaths.IsOpenAi(httpContext.Request)
            ? OpenAiError.WriteAsync(httpContext, this)
            : httpContext.Response.WriteAsJsonAsync(Body(httpContext), WireJson.Default.ProblemBody, MediaType, httpContext.RequestAborted);
    }
}
