using System.Text.Json;
using System.Text.Json.Serialization;

namespace Consensus.ApiService.OpenAi;

/// <summary>The body of a plain chat completion.</summary>
/// <param name="Id"><c>chatcmpl-</c> and the run's id.</param>
/// <param name="Object">What it is.</param>
/// <param name="Created">When the request was taken in, in seconds since 1970.</param>
/// <param name="Model">The model as the request named it.</param>
/// <param name="Choices">Always one.</param>
/// <param name="Usage">The tokens of all calls; left out where a provider does not tell.</param>
/// <param name="Consensus">The run as <c>POST /v1/consensus</c> answers it.</param>
internal sealed record ChatCompletion(
    string Id,
    string Object,
    long Created,
    string Model,
    IReadOnlyList<ChatChoice> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatUsage? Usage,
    JsonElement Consensus);

/// <summary>The one choice of a completion.</summary>
internal sealed record ChatChoice(int Index, ChatMessageBody Message, JsonElement? Logprobs, string FinishReason);

/// <summary>The panel's answer, or the reason why there is none: one of the two is <c>null</c>.</summary>
internal sealed record ChatMessageBody(string Role, string? Content, string? Refusal);

/// <summary>The tokens of all calls of a run.</summary>
internal sealed record ChatUsage(long PromptTokens, long CompletionTokens, long TotalTokens);

/// <summary>One event of a streamed completion.</summary>
/// <param name="Id">As in a plain completion.</param>
/// <param name="Object">What it is.</param>
/// <param name="Created">As in a plain completion.</param>
/// <param name="Model">As in a plain completion.</param>
/// <param name="Choices">One, or none in the event that has the usage.</param>
/// <param name="Usage">In the last event, where it was asked for and is known.</param>
/// <param name="Consensus">In the event with the <c>finish_reason</c>.</param>
/// <param name="Error">In the last event of a stream that failed after it had begun.</param>
internal sealed record ChatChunk(
    string Id,
    string Object,
    long Created,
    string Model,
    IReadOnlyList<ChatChunkChoice> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatUsage? Usage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Consensus = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OpenAiErrorDetail? Error = null);

/// <summary>The one choice of an event.</summary>
internal sealed record ChatChunkChoice(int Index, ChatDelta Delta, JsonElement? Logprobs, string? FinishReason);

/// <summary>What an event adds to the message.</summary>
internal sealed record ChatDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Refusal = null);
