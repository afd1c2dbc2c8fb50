namespace Consensus.Contracts.Provenance;

/// <summary>
/// What a run was decided by: versions, models, parameters and a keyed hash of the request. It is made when the run ends and holds no text of a caller or a
/// model.
/// </summary>
public sealed record RunLineage
{
    /// <summary>The version of this shape that is written now.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of this shape: 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>
    /// What stands for the request; <c>null</c> where the run log is off or its audit key could not be read, or the request has no canonical form.
    /// </summary>
    public RequestHash? Request { get; init; }

    /// <summary>The models in the order asked, first those of the panel, then those that only a step asked. An aggregate's are the caller's names.</summary>
    public IReadOnlyList<LineageModel> Models { get; init; } = [];

    /// <summary>The prompts that were put around the question, as <c>name@version</c>; empty where models got the question alone.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>The rubric by which judges decided or will judge; <c>null</c> without any.</summary>
    public LineageRubric? Rubric { get; init; }

    /// <summary>How models were asked and answers compared, defaults filled in.</summary>
    public required LineageParameters Parameters { get; init; }

    /// <summary>What was in force when the run was decided.</summary>
    public required LineageVersions Versions { get; init; }

    /// <summary>
    /// The run because of which this one was asked, as its caller said; <c>null</c> where nothing was said. It was stored when the request was read, and may
    /// have been erased since.
    /// </summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The id of the W3C trace that the run is part of: 32 hexadecimal digits; <c>null</c> where it was not traced.</summary>
    public string? TraceId { get; init; }
}

/// <summary>
/// What stands for a request: a keyed hash (HMAC-SHA-256) of the SHA-256 of its canonical JSON (RFC 8785). Equal requests have equal hashes as long as the
/// audit key
/// stays; nobody without the key can try out what was asked.
/// </summary>
/// <param name="Algorithm"><c>hmac-sha256</c>.</param>
/// <param name="Key">The id of the audit key that it was made with: 16 hexadecimal digits.</param>
/// <param name="Value">The hash: 64 hexadecimal digits.</param>
public sealed record RequestHash(string Algorithm, string Key, string Value);

/// <summary>A model that was to be asked.</summary>
public sealed record LineageModel
{
    /// <summary>The id that was asked for; of an aggregate the caller's name.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's configured name; <c>null</c> in an aggregate.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's kind: <c>openai</c>, <c>anthropic</c>, <c>ollama</c>, <c>simulator</c>; <c>null</c> in an aggregate.</summary>
    public string? ProviderKind { get; init; }

    /// <summary>The model's family.</summary>
    public string? Family { get; init; }

    /// <summary>What it was asked for: <c>panel</c>, or the names of steps.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The exact models that its provider says have answered; empty where it does not say.</summary>
    public IReadOnlyList<string> ProviderModels { get; init; } = [];

    /// <summary>
    /// The reliability that its vote was weighted by, given or configured, in (0, 1); <c>null</c> where none was, or the strategy does not use it.
    /// </summary>
    public double? Reliability { get; init; }
}

/// <summary>A rubric by name and version.</summary>
/// <param name="Name">The rubric's name.</param>
/// <param name="Version">Its version, from 1; <c>null</c> where the configuration does not have it.</param>
public sealed record LineageRubric(string Name, int? Version);
