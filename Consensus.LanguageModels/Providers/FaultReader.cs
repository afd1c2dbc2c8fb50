using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Configuration;

namespace Consensus.LanguageModels.Providers;

/// <summary>Turns a provider's HTTP answer into a reason. Of what the provider wrote only well-known codes are repeated.</summary>
internal static class FaultReader
{
    /// <summary>Codes that tell an operator what to do, from the error bodies of OpenAI, Azure, Anthropic and OpenRouter.</summary>
    private static readonly FrozenSet<string> KnownCodes = FrozenSet.Create(
        StringComparer.Ordinal,
        "api_error", "authentication_error", "billing_error", "content_filter", "content_policy_violation", "context_length_exceeded", "insufficient_quota",
        "invalid_api_key", "invalid_request_error", "model_not_found", "not_found_error", "overloaded_error", "permission_error", "rate_limit_error",
        "rate_limit_exceeded", "request_too_large", "server_error", "string_above_max_length", "unsupported_parameter", "unsupported_value");

    public static ProviderFault FromStatus(int status, string? code, RetryConditionHeaderValue? retryAfter, TimeProvider time, bool mayBeBilled = false)
    {
        var (reason, sentence, transient) = (status, code) switch
        {
            (_, "content_filter" or "content_policy_violation") when status is >= 400 and < 500 => (FailureReason.Refused, "The provider's content filter refused the request", false),
            (401 or 403, _) => (FailureReason.Unauthorized, "The provider rejected the credentials", false),
            // An exhausted quota does not come back within a call.
            (429, "insufficient_quota") => (FailureReason.RateLimited, "The provider's quota is used up", false),
            (429, _) => (FailureReason.RateLimited, "The provider is rate limiting", true),
            (408 or >= 500, _) => (FailureReason.Unavailable, "The provider failed", true),
            ( >= 300 and < 400, _) => (FailureReason.Rejected, "The provider answered with a redirect, which is not followed", false),
            _ => (FailureReason.Rejected, "The provider rejected the request", false),
        };
        var label = code is not null && KnownCodes.Contains(code) ? $"{status}, {code}" : status.ToString(CultureInfo.InvariantCulture);
        return new ProviderFault(reason, $"{sentence} ({label}).") { Transient = transient, RetryAfter = Wait(retryAfter, time), MayBeBilled = mayBeBilled };
    }

    public static ProviderFault FromConnection(HttpRequestException exception) => exception.HttpRequestError switch
    {
        _ when exception.InnerException is LinkLocalAddressException => new ProviderFault(
            FailureReason.Rejected, $"The provider's name leads to a link-local address, which {EndpointReader.AllowLinkLocal} does not allow.", exception)
        { MayBeBilled = false },
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
            new ProviderFault(FailureReason.Malformed, "The provider's answer is not valid HTTP.", exception),
        var error => new ProviderFault(FailureReason.Unavailable, $"The provider could not be reached ({Words(error)}).", exception) { Transient = true, MayBeBilled = WasConnected(error) },
    };

    /// <summary>The provider's code for an error, from <c>{"error":{"code":…,"type":…}}</c>; <c>null</c> when there is none.</summary>
    public static string? Code(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        if (!body.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            return null;
        return Text(error, "code") ?? Text(error, "type");
    }

    /// <summary>A fault reported with status 200, as some gateways do: an <c>error</c> where the answer should be.</summary>
    public static ProviderFault? InsideSuccess(JsonElement body, TimeProvider time)
    {
        if (!body.TryGetProperty("error", out var error) || error.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
            return null;
        if (body.TryGetProperty("choices", out _) || body.TryGetProperty("content", out _) || body.TryGetProperty("message", out _))
            return null;
        var status = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out var number) && number is >= 400 and <= 599 ? number : (int)HttpStatusCode.BadGateway;
        // The answer had begun, so it may have been paid for.
        return FromStatus(status, Code(body), retryAfter: null, time, mayBeBilled: true);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static bool WasConnected(HttpRequestError error) => error is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "name not resolved",
        HttpRequestError.ConnectionError => "connection failed",
        HttpRequestError.SecureConnectionError => "TLS failed",
        HttpRequestError.ResponseEnded => "connection closed",
        _ => "connection lost",
    };
}
