using System.Buffers;
using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.OpenAi;

/// <summary>
/// What <c>response_format</c> asks for when it is not text: answers of the kind <c>json</c>, with the schema that they must satisfy to have a vote. The models are told so
/// in words, as not every provider holds its models to a schema.
/// </summary>
internal sealed record ResponseFormat
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private const string AnyObject = """{"type":"object"}""";

    /// <summary>The schema as it was written; <c>null</c> for any object.</summary>
    private JsonElement? Schema { get; init; }

    /// <summary>What the models are told before the question.</summary>
    public required string Instruction { get; init; }

    /// <summary>The schema as the providers are told it.</summary>
    public ResponseSchema? Native { get; init; }

    /// <returns>The format, or <c>null</c> for text and for what the violations say is wrong.</returns>
    public static ResponseFormat? Read(ObjectReader chat)
    {
        if (chat.Any("response_format") is not { } value || ObjectReader.OpenAny(value, "response_format", chat.Violations) is not { } format)
        {
            return null;
        }

        switch (format.OneOf("type", ["text", "json_object", "json_schema"], FieldCodes.InvalidValue))
        {
            case "json_object":
                return new ResponseFormat { Instruction = "Answer in JSON: with one JSON object and nothing else." };
            case "json_schema":
                return OfSchema(format);
            case null when !format.Has("type"):
                format.Violations.Add(format.Field("type"), FieldCodes.Required, "A response format needs its type.");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Writes the member <c>answer</c> of a request.</summary>
    public void WriteAnswer(Utf8JsonWriter json, Origins origins)
    {
        json.WriteStartObject("answer");
        json.WriteString("kind", "json");
        json.WritePropertyName("schema");
        json.WriteRawValue(Schema?.GetRawText() ?? AnyObject);
        json.WriteEndObject();
        origins.Add("answer", "response_format");
        origins.Add("answer.schema", "response_format.json_schema.schema");
    }

    private static ResponseFormat? OfSchema(ObjectReader format)
    {
        if (format.Any("json_schema") is not { } value)
        {
            format.Violations.Add(format.Field("json_schema"), FieldCodes.Required, "The type json_schema needs its schema.");
            return null;
        }

        if (ObjectReader.OpenAny(value, format.Field("json_schema"), format.Violations) is not { } named)
        {
            return null;
        }

        if (named.Any("schema") is not { } schema)
        {
            named.Violations.Add(named.Field("schema"), FieldCodes.Required, "The type json_schema needs its schema.");
            return null;
        }

        var name = named.Text("name", TextRules.NotBlank, Limits.LabelCharacters) ?? "answer";
        if (name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            named.Violations.Add(named.Field("name"), FieldCodes.InvalidValue, $"{Shown.Text(name)} is no name of a schema.", Allowed.Words("letters, digits, _ and -"));
        }

        return new ResponseFormat
        {
            Schema = schema,
            Instruction = $"Answer in JSON: with one JSON value that satisfies the JSON Schema below, and nothing else.\n\n{schema.GetRawText()}",
            Native = new ResponseSchema(name, schema, IsStrict(named)),
        };
    }

    private static bool IsStrict(ObjectReader named) => named.Any("strict") is { ValueKind: JsonValueKind.True };
}
