namespace Consensus.Contracts.Evidence;

/// <summary>A collection to make: the body of <c>POST /v1/collections</c>.</summary>
public sealed record NewCollection
{
    /// <summary>What it is called; need not be unique.</summary>
    public string? Name { get; init; }

    /// <summary>What it holds.</summary>
    public string? Description { get; init; }

    /// <summary>Whether every key with <c>read</c> may read it and answer from it; by default only its own key.</summary>
    public bool? Shared { get; init; }
}

/// <summary>A collection of documents to answer from.</summary>
public sealed record EvidenceCollection
{
    /// <summary>Its id, a UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public string? Description { get; init; }

    /// <summary>Whether every key with <c>read</c> may read it and answer from it.</summary>
    public required bool Shared { get; init; }

    /// <summary>The key that it belongs to; <c>null</c> where there are no keys.</summary>
    public string? KeyId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a document last came or went.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many documents it has.</summary>
    public required int Documents { get; init; }

    /// <summary>How many passages these make.</summary>
    public required int Passages { get; init; }

    /// <summary>How many of its passages have vectors; <c>null</c> where no embedding model is configured.</summary>
    public int? Embedded { get; init; }

    /// <summary>The characters of all texts together.</summary>
    public required long Characters { get; init; }

    /// <summary>Where to go from here: <c>self</c>, <c>documents</c>, <c>passages</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

/// <summary>A document of a collection.</summary>
public sealed record EvidenceDocument
{
    /// <summary>Its id, a UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The collection.</summary>
    public required Guid Collection { get; init; }

    /// <summary>The version of the stored shape.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What it is called.</summary>
    public string? Title { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public string? Licence { get; init; }

    /// <summary>What was handed in.</summary>
    public required string MediaType { get; init; }

    /// <summary>SHA-256 of the text, in hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>The characters of its text.</summary>
    public required int Characters { get; init; }

    /// <summary>How many passages it makes.</summary>
    public required int Passages { get; init; }

    /// <summary>The text that passages are places in; only where one document is read.</summary>
    public string? Text { get; init; }

    /// <summary>Where to go from here: <c>self</c>, <c>collection</c>, <c>passages</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

/// <summary>Passages that a search found, the most relevant first.</summary>
/// <param name="Search">How they were found: <c>bm25</c> or <c>bm25+embeddings</c>.</param>
/// <param name="Items">The passages.</param>
/// <param name="Embeddings">How far they were ranked by vectors; <c>null</c> where no embedding model is configured, or no collection was searched.</param>
public sealed record PassageList(string Search, IReadOnlyList<EvidencePassage> Items, PassageEmbeddings? Embeddings = null);

/// <summary>How far passages were ranked by vectors beside their words.</summary>
/// <param name="Model">The embedding model.</param>
/// <param name="Embedded">How many passages of the collection had vectors that the query's was compared with; 0 where it had none.</param>
/// <param name="Passages">How many passages the collection had.</param>
/// <param name="Failure">
/// Why the query had no vector and passages were ranked by words alone: the reason of a model's failure, such as <c>timeout</c>, or <c>policy</c>,
/// <c>budget_exhausted</c>; <c>null</c> where it had one.
/// </param>
public sealed record PassageEmbeddings(string Model, int Embedded, int Passages, string? Failure = null);
