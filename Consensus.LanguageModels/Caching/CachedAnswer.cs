using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Caching;

/// <summary>An answer as it is kept.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="FinishReason">The provider's word for why it ended.</param>
/// <param name="ProviderModel">The provider's exact model.</param>
/// <param name="At">When it was given.</param>
internal sealed record CachedAnswer(string Text, string? FinishReason, string? ProviderModel, DateTimeOffset At)
{
    /// <summary>The word for an answer that the model ended itself.</summary>
    private const string Ended = "stop";

    /// <summary>Whether an answer may be kept: one that came whole. A cut one may come out longer the next time, and one whose end the provider does not tell may be cut.</summary>
    public static bool IsKept(ModelReply reply) => reply is { Failure: null, Text: not null, FinishReason: Ended };

    public static string Write(ModelReply reply, DateTimeOffset at) =>
        JsonSerializer.Serialize(new CachedAnswer(reply.Text!, reply.FinishReason, reply.ProviderModel, at), CachedAnswerJson.Default.CachedAnswer);

    /// <exception cref="JsonException">It was not written here.</exception>
    public static CachedAnswer Read(string json) => JsonSerializer.Deserialize(json, CachedAnswerJson.Default.CachedAnswer)!;

    /// <summary>The reply to whom did not ask for it: nothing was sent, and nothing used.</summary>
    /// <param name="waited">How long an equal call was waited for.</param>
    public ModelReply ToReply(TimeSpan waited) => new()
    {
        Text = Text, FinishReason = FinishReason, ProviderModel = ProviderModel, Latency = waited, InputTokens = 0, OutputTokens = 0, CostUsd = 0, Cached = true,
    };
}

[JsonSerializable(typeof(CachedAnswer))]
internal sealed partial class CachedAnswerJson : JsonSerializerContext;
