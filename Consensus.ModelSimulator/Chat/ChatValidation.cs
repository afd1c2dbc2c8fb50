using System.Text.Json;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Json;

namespace Consensus.ModelSimulator.Chat;

/// <summary>The ranges of a chat request's members.</summary>
internal static class ChatValidation
{
    public const int MostChoices = 16;

    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal) { "text", "json_object", "json_schema" };

    /// <summary>The first violation, or <c>null</c>.</summary>
    public static ApiError? Check(ChatRequest request)
    {
        if (string.IsNullOrEmpty(request.Model))
        {
            return ApiError.Invalid("'model' is missing.", "model", "missing_required_parameter");
        }

        if (request.Temperature is not (null or (>= 0 and <= 2)))
        {
            return ApiError.Invalid("'temperature' must be from 0 to 2.", "temperature");
        }

        if (request.TopP is not (null or (>= 0 and <= 1)))
        {
            return ApiError.Invalid("'top_p' must be from 0 to 1.", "top_p");
        }

        if (request.N is < 1 or > MostChoices)
        {
            return ApiError.Invalid($"'n' must be from 1 to {MostChoices}.", "n");
        }

        if (request.MaxTokens < 1)
        {
            return ApiError.Invalid("'max_tokens' must be at least 1.", "max_tokens");
        }

        if (request.MaxCompletionTokens < 1)
        {
            return ApiError.Invalid("'max_completion_tokens' must be at least 1.", "max_completion_tokens");
        }

        if (Stops(request.Stop) is null)
        {
            return ApiError.Invalid("'stop' must be a string or an array of strings.", "stop");
        }

        if (request.ResponseFormat is { } format && (format.Type is null || !Formats.Contains(format.Type)))
        {
            return ApiError.Invalid($"'response_format.type' must be one of: {string.Join(", ", Formats)}.", "response_format.type");
        }

        return request.ResponseFormat is { Type: "json_schema", JsonSchema: var schema } ? CheckSchema(schema) : null;
    }

    private static ApiError? CheckSchema(JsonSchemaFormat? format)
    {
        const string Param = "response_format.json_schema.schema";
        return format is not { Schema.ValueKind: JsonValueKind.Object } ? ApiError.Invalid($"'{Param}' must be an object.", Param)
            : JsonSchemaCheck.Violation(format.Schema) is { } violation ? ApiError.Invalid($"'{Param}' is no schema: {violation}", Param)
            : null;
    }

    /// <summary>The texts at which an answer stops; <c>null</c> when the member is of another type.</summary>
    public static IReadOnlyList<string>? Stops(JsonElement stop) => stop.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => JsonText.AllOf(stop),
    };
}
