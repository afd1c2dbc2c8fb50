using Consensus.ApiService.Http;
using Consensus.ApiService.OpenAi;
using Consensus.ApiService.Runs.Starting;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The headers of responses.</summary>
internal static class ResponseHeaders
{
    public static readonly ResponseHeader RequestId = new(RequestIds.Header, "The request's id: the caller's own, or one made for it. Every line of the log about the request has it. Always sent.");

    public static readonly ResponseHeader Location = new("Location", "The address of what the response is about, where it is stored.", Format: "uri-reference");

    public static readonly ResponseHeader Version = new("ETag", "The version of the document, in quotes: for `If-Match` and `If-None-Match`.");

    public static readonly ResponseHeader RetryAfter = new("Retry-After", "After how many seconds to ask again.", JsonSchemaType.Integer);

    public static readonly ResponseHeader Replayed = new(RunReply.ReplayedHeader, "`true` where this is the answer to an earlier request with the same `Idempotency-Key`; else not sent.");

    public static readonly ResponseHeader Applied = new(RunWish.AppliedHeader, $"`{RunWish.RespondAsyncWord}`: the preference that was followed.");

    public static readonly ResponseHeader ShouldRetry = new(OpenAiError.ShouldRetry, "`false` where OpenAI's clients must not ask again by themselves, since models may be billed anew; else not sent.");

    public static readonly ResponseHeader ConsensusRunId = new(ConsensusHeaders.RunId, "The run's id.", Format: "uuid");

    public static readonly ResponseHeader ConsensusIgnored = new(ConsensusHeaders.Ignored, "The members of the request that were left aside, by commas; not sent where there are none.");

    /// <summary>How the caller stands with its requests of the minute.</summary>
    public static readonly ResponseHeader[] RateLimits =
    [
        new("RateLimit-Limit", "The most requests of the caller in a minute. The three `RateLimit` headers are sent to callers with a key, and to others whose address is limited.", JsonSchemaType.Integer),
        new("RateLimit-Remaining", "How many more requests would be taken now.", JsonSchemaType.Integer),
        new("RateLimit-Reset", "After how many seconds all of them will be taken again.", JsonSchemaType.Integer),
    ];

    /// <summary>What the version of the API promises, in every response below <c>/v1</c>; see <c>docs/versioning.md</c>.</summary>
    public static readonly ResponseHeader[] Versions =
    [
        new("api-supported-versions", "The versions of the API that there are. Sent unless the version is deprecated."),
        new("api-deprecated-versions", "The versions of the API that are deprecated; not sent where none is."),
        new("Deprecation", "As of when the version or the operation is deprecated (RFC 9745); not sent where it is not."),
        new("Sunset", "When what is deprecated may be gone, at the earliest (RFC 8594); not sent where that is not known."),
        new("Link", "A page on what is deprecated and what to use instead; not sent where there is none."),
    ];

    /// <summary>The verdict in short, on chat completions that are not streamed. Those that do not apply are not sent.</summary>
    public static readonly ResponseHeader[] Verdict =
    [
        new("x-consensus-strategy", "The strategy that decided."),
        new("x-consensus-outcome", "What the panel came to, as `outcome` of a run."),
        new("x-consensus-gate", "What the policy made of the run: `passed`, `refused` or `withheld`."),
        new("x-consensus-agreement", "The share of all asked that gave the answer, 0 to 1.", JsonSchemaType.Number),
        new("x-consensus-confidence", "The raw confidence, 0 to 1.", JsonSchemaType.Number),
        new("x-consensus-confidence-calibrated", "The calibrated confidence, 0 to 1.", JsonSchemaType.Number),
        new("x-consensus-stability", "Whether the verdict survives the loss of a model: `stable`, `fragile`, `contested` or `insufficient`."),
        new("x-consensus-degraded", "`true` where answers were missing, else `false`."),
        new("x-consensus-cost-usd", "What the run cost in US dollars, where that is known.", JsonSchemaType.Number),
    ];

    public static IReadOnlyList<ResponseHeader> All { get; } =
        [RequestId, .. Versions, .. RateLimits, Location, Version, RetryAfter, Replayed, Applied, ShouldRetry, ConsensusRunId, ConsensusIgnored, .. Verdict];
}
