namespace Consensus.Contracts.Errors;

/// <summary>One entry of the error catalogue: what a client can rely on.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="Title">The short, constant title.</param>
/// <param name="Description">When it occurs and what to do.</param>
public sealed record ErrorCode(string Code, int Status, bool Retryable, string Title, string Description)
{
    /// <summary>The problem type: a stable address of the entry in the documentation.</summary>
    public string Type => $"urn:consensus:error:{Code}";
}

/// <summary>A code for one violation in <c>errors[]</c>; the response's own code is then <c>validation_failed</c>.</summary>
public sealed record FieldCode(string Code, string Description);
