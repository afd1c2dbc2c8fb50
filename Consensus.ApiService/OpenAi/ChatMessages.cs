using System.Text.Json;
using Consensus.ApiService.Reading;

namespace Consensus.ApiService.OpenAi;

/// <summary>
/// The messages of a chat completion in this system's words: <c>developer</c> is <c>system</c>, a refusal of an earlier turn is what the assistant said, names and other
/// members that say nothing to a model are left aside. What is not text stays as it is, for the reader to name.
/// </summary>
internal static class ChatMessages
{
    private static readonly string[] Kept = ["content", "tool_calls", "tool_call_id", "function_call", "audio"];

    /// <param name="json">Where the member <c>messages</c> is written to.</param>
    /// <param name="chat">The request.</param>
    /// <param name="instruction">What is told the models before everything else; <c>null</c>: nothing.</param>
    /// <param name="origins">Where each message comes from.</param>
    public static void Write(Utf8JsonWriter json, ObjectReader chat, string? instruction, Origins origins)
    {
        if (chat.Any("messages") is { ValueKind: not JsonValueKind.Array } other)
        {
            json.WritePropertyName("messages");
            json.WriteRawValue(other.GetRawText());
            return;
        }

        JsonElement[] messages = chat.Any("messages") is { } list ? [.. list.EnumerateArray()] : [];
        json.WriteStartArray("messages");
        // Without a question there is nothing to instruct about, and the reader says what is missing.
        if (instruction is not null && messages.Length > 0)
        {
            WriteInstruction(json, instruction);
            origins.Add("messages[0]", "response_format");
            for (var i = 0; i < messages.Length; i++)
            {
                origins.Add($"messages[{i + 1}]", $"messages[{i}]");
            }
        }

        for (var i = 0; i < messages.Length; i++)
        {
            Write(json, messages[i], $"messages[{i}]", chat.Violations);
        }

        json.WriteEndArray();
    }

    private static void WriteInstruction(Utf8JsonWriter json, string instruction)
    {
        json.WriteStartObject();
        json.WriteString("role", "system");
        json.WriteString("content", instruction);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, string field, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Object || ObjectReader.OpenAny(value, field, violations) is not { } message)
        {
            json.WriteRawValue(value.GetRawText());
            return;
        }

        json.WriteStartObject();
        if (message.Any("role") is { } role)
        {
            json.WritePropertyName("role");
            json.WriteRawValue(Texts.Is(role, "developer") ? "\"system\"" : role.GetRawText());
        }

        foreach (var name in Kept.Where(message.Has))
        {
            json.WritePropertyName(name);
            WriteContent(json, message.Any(name)!.Value, name);
        }

        if (!message.Has("content") && message.Any("refusal") is { } refusal)
        {
            json.WritePropertyName("content");
            json.WriteRawValue(refusal.GetRawText());
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, JsonElement value, string name)
    {
        if (name != "content" || value.ValueKind != JsonValueKind.Array)
        {
            json.WriteRawValue(value.GetRawText());
            return;
        }

        json.WriteStartArray();
        foreach (var part in value.EnumerateArray())
        {
            WritePart(json, part);
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, JsonElement part)
    {
        if ((Text(part, "text") ?? Text(part, "refusal")) is not { } text)
        {
            json.WriteRawValue(part.GetRawText());
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WritePropertyName("text");
        json.WriteRawValue(text.GetRawText());
        json.WriteEndObject();
    }

    /// <summary>The text of a part of a type whose text is the member of the same name.</summary>
    private static JsonElement? Text(JsonElement part, string type) =>
        Texts.Member(part, "type") is { } named && Texts.Is(named, type) ? Texts.Member(part, type) : null;
}
