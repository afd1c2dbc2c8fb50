using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;

namespace Consensus.Storage.Documents;

/// <summary>A document that was read: what it says, or everything that is wrong with it.</summary>
/// <param name="State">What it says, with its version; <c>null</c> when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record DocumentReading<T>(T? State, IReadOnlyList<FieldError> Errors, int Count)
    where T : class
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>What a document says where nothing is wrong with it.</summary>
    internal static DocumentReading<T> Of(DocumentErrors errors, Func<T> state) => errors.None ? new(state(), [], 0) : Refused(errors);

    /// <summary>One that is refused whole, with every reason.</summary>
    internal static DocumentReading<T> Refused(DocumentErrors errors) => new(null, errors.Errors, errors.Count);

    /// <summary>Reads a text that may be no JSON at all.</summary>
    internal static DocumentReading<T> OfText(string json, Func<JsonElement, DocumentReading<T>> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return read(document.RootElement);
        }
        catch (JsonException fault)
        {
            var errors = new DocumentErrors();
            errors.Malformed($"Line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is not JSON.");
            return Refused(errors);
        }
    }
}
