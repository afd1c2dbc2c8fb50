using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.OpenAi;

/// <summary>A chat completion's request as one for <c>POST /v1/consensus</c>, and what that does not say.</summary>
internal sealed record ChatAsked
{
    /// <summary>The model as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>The request in this system's own words.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>Where the members of <see cref="Body"/> come from.</summary>
    public required Origins Origins { get; init; }

    /// <summary>The schema as the models' providers are told it; <c>null</c> where none was given.</summary>
    public ResponseSchema? Schema { get; init; }

    public bool Streams { get; init; }

    public bool IncludesUsage { get; init; }

    /// <summary>The members that nothing was done with.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}

/// <summary>From the members of a translated request back to those that its caller wrote.</summary>
internal sealed class Origins
{
    private readonly List<(string Translated, string Written)> _members = [];

    public void Add(string translated, string written) => _members.Add((translated, written));

    /// <summary>The violation with the path of the member that the caller wrote.</summary>
    public FieldError Of(FieldError violation) => violation with { Field = Of(violation.Field) };

    private string Of(string field)
    {
        var (translated, written) = _members.Where(m => IsWithin(field, m.Translated)).OrderByDescending(m => m.Translated.Length).FirstOrDefault();
        return translated is null ? field : written + field[translated.Length..];
    }

    private static bool IsWithin(string field, string member) =>
        field.StartsWith(member, StringComparison.Ordinal) && (field.Length == member.Length || field[member.Length] is '.' or '[');
}
