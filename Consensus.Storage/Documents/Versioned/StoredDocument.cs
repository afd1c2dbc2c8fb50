namespace Consensus.Storage.Documents.Versioned;

/// <summary>A stored document.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Source">How it came in force, of <see cref="DocumentSource"/>.</param>
/// <param name="KeyId">The key that put it; <c>null</c> without one.</param>
/// <param name="Document">Its text.</param>
public sealed record StoredDocument(string Version, string Source, string? KeyId, string Document);

/// <summary>What is stored of documents of one kind, as a start needs it.</summary>
/// <param name="Newest">The newest; <c>null</c> without any.</param>
/// <param name="File">What the file said when it was last taken; <c>null</c> when none ever was.</param>
public sealed record StoredDocuments(StoredDocument? Newest, string? File);
