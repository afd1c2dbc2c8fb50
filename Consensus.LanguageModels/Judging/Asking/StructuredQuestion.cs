using System.Text.Json;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>A question that is answered in JSON.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
public sealed record StructuredQuestion<T>
    where T : class
{
    /// <summary>The call: its messages say what the schema says, carry the ticket and ask for it to be repeated.</summary>
    public required ModelCall Call { get; init; }

    /// <summary>The schema, by <see cref="Shape.Answer"/>.</summary>
    public required ResponseSchema Schema { get; init; }

    /// <summary>The prompt's ticket.</summary>
    public required string Ticket { get; init; }

    /// <summary>
    /// Reads a reply that has the schema's form and the right ticket. A menu's word may be another than the menu has: such a reply is read too, so that the rest of it
    /// can be used.
    /// </summary>
    public required Func<JsonElement, Reading<T>> Read { get; init; }
}
