namespace Consensus.Storage.Evidence;

/// <summary>The evidence store cannot be read or written.</summary>
public class EvidenceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What is stored has a version that this software does not know; it is left as it is.</summary>
public sealed class EvidenceVersionException(string message) : Exception(message);

/// <summary>What is stored, or was to be, is not as its schema says.</summary>
public sealed class EvidenceShapeException(string message) : Exception(message);
