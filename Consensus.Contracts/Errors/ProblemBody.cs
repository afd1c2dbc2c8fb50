using System.Text.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Errors;

/// <summary>RFC 9457 problem details as this API writes them (<c>application/problem+json</c>).</summary>
public sealed record ProblemBody
{
    /// <summary>The problem type, <c>urn:consensus:error:{code}</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The constant title of the code.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request.</summary>
    public string? Detail { get; init; }

    /// <summary>The request's path.</summary>
    public string? Instance { get; init; }

    /// <summary>The stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The request's id, as in the log.</summary>
    public string? RequestId { get; init; }

    /// <summary>Every violation, for <c>validation_failed</c>.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The run that failed, where there is one.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The failed run's candidates, for <c>panel_failed</c> and <c>deadline_exceeded</c>.</summary>
    public IReadOnlyList<CandidateBody>? Candidates { get; init; }
}

/// <summary>One violation.</summary>
/// <param name="Field">The member's path, such as <c>answer.choices[2]</c>.</param>
/// <param name="Code">A code of <see cref="FieldCodes"/>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Allowed">What would be right: a list of names, or a range in words.</param>
public sealed record FieldError(string Field, string Code, string Message, JsonElement? Allowed = null);
