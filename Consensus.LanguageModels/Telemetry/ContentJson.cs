using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>Messages in the JSON of the semantic conventions: <c>[{"role":"user","parts":[{"type":"text","content":"…"}]}]</c>.</summary>
internal static class ContentJson
{
    /// <param name="messages">The messages.</param>
    /// <param name="finishReason">Why they ended, of an answer; the conventions want it there.</param>
    public static string Of(IEnumerable<ChatMessage> messages, string? finishReason = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteStartArray("parts");
                json.WriteStartObject();
                json.WriteString("type", "text");
                json.WriteString("content", message.Text);
                json.WriteEndObject();
                json.WriteEndArray();
                if (finishReason is not null)
                    json.WriteString("finish_reason", finishReason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
