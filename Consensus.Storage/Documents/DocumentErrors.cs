using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Text;

namespace Consensus.Storage.Documents;

/// <summary>Collects every violation of a document. The first 100 are listed, all are counted.</summary>
internal sealed class DocumentErrors
{
    private const int Listed = 100;
    private const int FieldCharacters = 200;
    private const int ShownCharacters = 60;

    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public int Count { get; private set; }

    public bool None => Count == 0;

    public void Add(string field, FieldCode code, string message, string? allowed = null) =>
        AddAllowed(field, code.Code, message, allowed is null ? null : JsonSerializer.SerializeToElement(allowed, DocumentErrorJson.Default.String));

    public void Add(string field, FieldCode code, string message, IEnumerable<string> allowed) =>
        AddAllowed(field, code.Code, message, JsonSerializer.SerializeToElement([.. allowed], DocumentErrorJson.Default.StringArray));

    public void Malformed(string message) => AddAllowed("$", ErrorCatalog.MalformedJson.Code, message, null);

    /// <summary>A number that must be within a range given as a test and in words.</summary>
    public void Range(string field, double value, bool isWithin, string range)
    {
        if (!double.IsFinite(value) || !isWithin)
        {
            Add(field, FieldCodes.OutOfRange, $"{value} is outside the range.", range);
        }
    }

    /// <summary>A share or a probability: 0 to 1.</summary>
    public void Share(string field, double? value)
    {
        if (value is { } share)
        {
            Range(field, share, share is >= 0 and <= 1, "0 to 1");
        }
    }

    /// <summary>What somebody wrote, on one line and short.</summary>
    public static string Shown(string text) => $"\"{VisibleText.Line(text, ShownCharacters)}\"";

    private void AddAllowed(string field, string code, string message, JsonElement? allowed)
    {
        Count++;
        if (_errors.Count < Listed)
        {
            _errors.Add(new FieldError(VisibleText.Line(field, FieldCharacters), code, message, allowed));
        }
    }
}

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class DocumentErrorJson : JsonSerializerContext;
