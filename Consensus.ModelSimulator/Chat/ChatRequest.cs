using System.Text.Json;

namespace Consensus.ModelSimulator.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c>; members that are not here are ignored.</summary>
internal sealed record ChatRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<ChatRequestMessage?>? Messages { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public long? Seed { get; init; }

    public int? N { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    /// <summary>A string or an array of strings.</summary>
    public JsonElement Stop { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }
}

/// <summary>A message; its content is a string or an array of parts.</summary>
internal sealed record ChatRequestMessage
{
    public string? Role { get; init; }

    public JsonElement Content { get; init; }
}

internal sealed record StreamOptions
{
    public bool? IncludeUsage { get; init; }
}

/// <summary>How the answer is to be formatted: <c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
internal sealed record ResponseFormat
{
    public string? Type { get; init; }

    public JsonSchemaFormat? JsonSchema { get; init; }
}

internal sealed record JsonSchemaFormat
{
    public string? Name { get; init; }

    public JsonElement Schema { get; init; }
}
