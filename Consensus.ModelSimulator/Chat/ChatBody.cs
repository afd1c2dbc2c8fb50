using System.Globalization;
using System.Text.Json;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Chat;

/// <summary>Writes the body of an answer that is not streamed.</summary>
internal static class ChatBody
{
    public static byte[] Of(ChatTask task, IReadOnlyList<Reply> replies, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(
        new ChatCompletion
        {
            Id = IdOf(task),
            Created = now.ToUnixTimeSeconds(),
            Model = task.Model.Id,
            Choices = [.. replies.Select((reply, index) => new ChatChoice(index, new(reply.Text, reply.Refusal), reply.FinishReason))],
            Usage = UsageOf(task, replies),
        },
        SimulatorJson.Wire.ChatCompletion);

    /// <summary>The id of an answer is a function of the request, as the answer is.</summary>
    public static string IdOf(ChatTask task) =>
        "chatcmpl-sim-" + StableHash.Join(StableHash.Join(task.Model.Key, task.Conversation.PromptKey), unchecked((ulong)task.Seed)).ToString("x16", CultureInfo.InvariantCulture);

    public static ChatUsage UsageOf(ChatTask task, IReadOnlyList<Reply> replies) =>
        new(task.Conversation.PromptTokens, replies.Sum(reply => TokenEstimate.OfText(reply.Characters)));
}
