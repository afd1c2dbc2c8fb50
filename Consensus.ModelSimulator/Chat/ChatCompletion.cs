using System.Text.Json.Serialization;

namespace Consensus.ModelSimulator.Chat;

/// <summary>The answer of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatCompletion
{
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion";

    public required long Created { get; init; }

    public required string Model { get; init; }

    public string SystemFingerprint { get; } = Simulation.Fingerprint;

    public required IReadOnlyList<ChatChoice> Choices { get; init; }

    public required ChatUsage Usage { get; init; }
}

internal sealed record ChatChoice(int Index, ChatAnswer Message, string FinishReason);

internal sealed record ChatAnswer(string? Content, string? Refusal)
{
    public string Role { get; } = "assistant";
}

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;
}

/// <summary>One event of a stream.</summary>
internal sealed record ChatChunk
{
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion.chunk";

    public required long Created { get; init; }

    public required string Model { get; init; }

    public string SystemFingerprint { get; } = Simulation.Fingerprint;

    public required IReadOnlyList<ChatChunkChoice> Choices { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatUsage? Usage { get; init; }
}

internal sealed record ChatChunkChoice(int Index, ChatDelta Delta, string? FinishReason);

/// <summary>What a chunk adds; absent members add nothing.</summary>
internal sealed record ChatDelta
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }
}
