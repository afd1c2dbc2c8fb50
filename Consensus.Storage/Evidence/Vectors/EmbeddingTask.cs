namespace Consensus.Storage.Evidence.Vectors;

/// <summary>Passages of a document that have no vectors yet.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="KeyId">The key that it belongs to.</param>
/// <param name="Document">The document.</param>
/// <param name="First">The number of the first passage in its document, from 0.</param>
/// <param name="Texts">What is to be embedded: of each passage the document's title and the text.</param>
/// <param name="Starts">Where each passage begins.</param>
public sealed record EmbeddingTask(Guid Collection, string? KeyId, Guid Document, int First, IReadOnlyList<string> Texts, IReadOnlyList<int> Starts);

/// <summary>What a process is to do that embeds passages.</summary>
/// <param name="IsOurs">Whether it is this process's turn; no other one has it meanwhile.</param>
/// <param name="Tasks">The passages, of one document or of several; none when all have vectors, or it is another's turn.</param>
public sealed record EmbeddingTurn(bool IsOurs, IReadOnlyList<EmbeddingTask> Tasks);
