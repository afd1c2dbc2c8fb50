using Consensus.Contracts.Evidence;

namespace Consensus.Storage.Evidence;

/// <summary>A document to add to a collection.</summary>
/// <param name="Text">Its text, as <see cref="Reading.DocumentText"/> has read it.</param>
/// <param name="MediaType">What was handed in; one of <see cref="Reading.DocumentText.MediaTypes"/>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Licence">Under which terms it may be used.</param>
public sealed record NewDocument(string Text, string MediaType, string? Title, string? Source, string? Licence);

/// <summary>What came of adding a document.</summary>
/// <param name="Outcome">Whether it was added.</param>
/// <param name="Document">The document that is there now; <c>null</c> when none is.</param>
public sealed record DocumentAdding(DocumentAdded Outcome, EvidenceDocument? Document = null);

/// <summary>What came of adding a document.</summary>
public enum DocumentAdded
{
    /// <summary>It was added.</summary>
    Added,

    /// <summary>The collection has a document of the same text already, which stays as it is.</summary>
    WasThere,

    /// <summary>There is no such collection, or the caller may not add to it.</summary>
    NoCollection,

    /// <summary>The collection has as many documents or characters as it may.</summary>
    Full,
}
