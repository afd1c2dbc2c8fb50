using System.Text.Json;
using Consensus.ModelSimulator.Json;

namespace Consensus.ModelSimulator.Chat;

/// <summary>Writes a streamed answer as server-sent events.</summary>
internal static class ChatStream
{
    /// <summary>A text comes in at most so many pieces.</summary>
    private const int MostPieces = 48;

    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>Every event of the stream, the closing <c>[DONE]</c> included.</summary>
    public static List<byte[]> Events(ChatTask task, IReadOnlyList<Reply> replies, DateTimeOffset now)
    {
        var start = new ChatChunk { Id = ChatBody.IdOf(task), Created = now.ToUnixTimeSeconds(), Model = task.Model.Id, Choices = [] };
        var events = new List<byte[]>();
        for (var index = 0; index < replies.Count; index++)
        {
            var reply = replies[index];
            events.Add(Event(start, new(index, new() { Role = "assistant", Content = reply.Text is null ? null : "" }, null)));
            foreach (var piece in Pieces(reply.Text ?? reply.Refusal ?? ""))
            {
                events.Add(Event(start, new(index, reply.Text is null ? new() { Refusal = piece } : new() { Content = piece }, null)));
            }

            events.Add(Event(start, new(index, new(), reply.FinishReason)));
        }

        if (task.Request.StreamOptions?.IncludeUsage == true)
        {
            events.Add(Event(start with { Usage = ChatBody.UsageOf(task, replies) }));
        }

        events.Add(Done);
        return events;
    }

    private static byte[] Event(ChatChunk start, ChatChunkChoice choice) => Event(start with { Choices = [choice] });

    private static byte[] Event(ChatChunk chunk) => [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(chunk, SimulatorJson.Wire.ChatChunk), .. "\n\n"u8];

    // Whole words with the space before them, several to a piece when there are many.
    private static IEnumerable<string> Pieces(string text)
    {
        var least = Math.Max(1, text.Length / MostPieces);
        for (var start = 0; start < text.Length;)
        {
            var from = Math.Min(start + least, text.Length);
            var space = text.IndexOf(' ', from);
            var end = space < 0 ? text.Length : space;
            yield return text[start..end];
            start = end;
        }
    }
}
