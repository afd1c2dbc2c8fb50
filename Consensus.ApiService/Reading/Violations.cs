using System.Text.Json;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Reading;

/// <summary>Collects every violation of a request. A hostile body may have thousands: the first <see cref="Listed"/> are listed, all are counted.</summary>
internal sealed class Violations
{
    public const int Listed = 100;

    private const int FieldCharacters = 200;

    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public int Count { get; private set; }

    public bool None => Count == 0;

    public void Add(string field, FieldCode code, string message, JsonElement? allowed = null)
    {
        Count++;
        if (_errors.Count < Listed)
        {
            _errors.Add(new FieldError(Shown.Cut(field, FieldCharacters), code.Code, message, allowed));
        }
    }
}

/// <summary>What would be right, as the member <c>allowed</c> shows it.</summary>
internal static class Allowed
{
    /// <summary>The most names that one violation lists; the rest is an ellipsis.</summary>
    private const int Most = 100;

    public static JsonElement Names(IEnumerable<string> names)
    {
        var listed = names.Take(Most + 1).ToArray();
        return JsonSerializer.SerializeToElement(listed.Length > Most ? [.. listed[..Most], "…"] : listed, AllowedJson.Default.StringArray);
    }

    public static JsonElement Words(string words) => JsonSerializer.SerializeToElement(words, AllowedJson.Default.String);

    public static JsonElement Range(double min, double max) => Words($"{min} to {max}");
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class AllowedJson : System.Text.Json.Serialization.JsonSerializerContext;
