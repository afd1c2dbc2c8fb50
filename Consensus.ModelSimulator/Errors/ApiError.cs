namespace Consensus.ModelSimulator.Errors;

/// <summary>An error in the shape that OpenAI's clients read: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Message, string Type, string? Param, string? Code);

/// <summary>An error and its HTTP status.</summary>
internal sealed record ApiError(int Status, string Message, string Type, string? Param = null, string? Code = null)
{
    private const string InvalidRequest = "invalid_request_error";

    public ErrorBody Body => new(new(Message, Type, Param, Code));

    public static ApiError Invalid(string message, string? param = null, string? code = null) => new(400, message, InvalidRequest, param, code);

    public static ApiError UnknownModel(string? model) =>
        new(404, $"The model '{model}' does not exist in this simulator; GET /v1/models lists those that do.", InvalidRequest, "model", "model_not_found");

    public static ApiError OfStatus(int status) => status switch
    {
        404 => new(404, "There is no such route in this simulator.", InvalidRequest, Code: "unknown_url"),
        405 => new(405, "The route does not take this method.", InvalidRequest, Code: "method_not_allowed"),
        413 => new(413, "The request's body is too large for this simulator.", InvalidRequest, Code: "request_too_large"),
        415 => new(415, "The request's body must be application/json.", InvalidRequest, Code: "unsupported_media_type"),
        >= 500 => new(status, "The simulator failed.", "server_error", Code: "internal_error"),
        _ => new(status, "The request cannot be served.", InvalidRequest),
    };

    public static ApiError RateLimit(string model) =>
        new(429, $"Simulated fault: rate limit reached for {model}.", "requests", Code: "rate_limit_exceeded");

    public static ApiError Server(int status) =>
        new(status, "Simulated fault: the server had an error while processing the request.", "server_error", Code: "server_error");

    public static ApiError Refused(string model) =>
        new(400, $"Simulated fault: {model} declines.", InvalidRequest, Code: "content_filter");

    public static ApiError TimedOut() =>
        new(504, "Simulated fault: no answer was to come, and the simulator's bound for hanging requests is over.", "server_error", Code: "timeout");
}
