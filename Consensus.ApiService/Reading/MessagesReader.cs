using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Reading;

/// <summary>Reads the question: <c>prompt</c>, or <c>messages</c> that are text only and end in the user's.</summary>
internal static class MessagesReader
{
    private const TextRules Question = TextRules.Printable | TextRules.NotBlank;
    private static readonly string[] Roles = ["system", "user", "assistant"];
    private static readonly string[] ToolRoles = ["tool", "function"];
    private static readonly string[] ToolMembers = ["tool_calls", "tool_call_id", "function_call", "audio"];

    public static string? Prompt(ObjectReader request) => request.Text("prompt", Question, Limits.PromptCharacters);

    public static IReadOnlyList<RequestMessage>? Messages(ObjectReader request)
    {
        if (request.Items("messages", 1, Limits.Messages) is not { } items)
        {
            return null;
        }

        var messages = items.Select(item => Message(item.Value, item.Field, request.Violations)).ToList();
        CheckLast(messages, request);
        CheckLength(messages, request);
        return [.. messages.OfType<RequestMessage>()];
    }

    public static void CheckExactlyOne(ObjectReader request)
    {
        if (request.Has("prompt") && request.Has("messages"))
        {
            request.Contradiction("messages", "Give either `prompt` or `messages`, not both.");
        }
        else if (!request.Has("prompt") && !request.Has("messages"))
        {
            request.Violations.Add("prompt", FieldCodes.Required, "A question is needed: `prompt`, or `messages`.");
        }
    }

    private static RequestMessage? Message(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.Open(value, field, violations, ["role", "content", .. ToolMembers]) is not { } message)
        {
            return null;
        }

        var known = violations.Count;
        foreach (var name in ToolMembers.Where(message.Has))
        {
            violations.Add(message.Field(name), FieldCodes.UnsupportedContent, $"Messages are text: {name} is not supported.");
        }

        var role = Role(message);
        var content = Content(message);
        return violations.Count == known && role is not null && content is not null ? new RequestMessage(role, content) : null;
    }

    private static string? Role(ObjectReader message)
    {
        if (!message.Has("role"))
        {
            message.Violations.Add(message.Field("role"), FieldCodes.Required, "A message needs its role.", Allowed.Names(Roles));
            return null;
        }

        if (message.Text("role", TextRules.Any) is not { } role)
        {
            return null;
        }

        if (Roles.Contains(role))
        {
            return role;
        }

        message.Violations.Add(message.Field("role"), ToolRoles.Contains(role) ? FieldCodes.UnsupportedContent : FieldCodes.InvalidValue,
            $"{Shown.Text(role)} is not a role that is supported.", Allowed.Names(Roles));
        return null;
    }

    private static string? Content(ObjectReader message)
    {
        var field = message.Field("content");
        switch (message.Any("content"))
        {
            case null:
                message.Violations.Add(field, FieldCodes.Required, "A message needs its content.");
                return null;
            case { ValueKind: JsonValueKind.String }:
                return message.Text("content", Question, Limits.PromptCharacters);
            case { ValueKind: JsonValueKind.Array }:
                return Joined(message);
            case { } other:
                message.Violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(other)} is not text.", Allowed.Words("a string, or a list of text parts"));
                return null;
        }
    }

    /// <summary>The text parts of a content list, one below the other.</summary>
    private static string? Joined(ObjectReader message)
    {
        var texts = message.Items("content", 1, Limits.Messages)!.Select(part => Part(part.Value, part.Field, message.Violations)).ToList();
        return texts.Contains(null) ? null : string.Join('\n', texts);
    }

    private static string? Part(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.OpenAny(value, field, violations) is not { } part)
        {
            return null;
        }

        if (part.Text("type", TextRules.Any) is not "text")
        {
            violations.Add(field, FieldCodes.UnsupportedContent, "Only parts of the type text are supported.", Allowed.Names(["text"]));
            return null;
        }

        foreach (var (name, _) in part.Members.Where(m => m.Key is not ("type" or "text")))
        {
            violations.Add(part.Field(name), FieldCodes.UnknownMember, $"There is no member {Shown.Text(name)} here.", Allowed.Names(["type", "text"]));
        }

        if (!part.Has("text"))
        {
            violations.Add(part.Field("text"), FieldCodes.Required, "A text part needs its text.");
        }

        return part.Text("text", Question, Limits.PromptCharacters);
    }

    private static void CheckLast(List<RequestMessage?> messages, ObjectReader request)
    {
        if (messages.LastOrDefault() is { Role: not "user" } last)
        {
            request.Violations.Add($"messages[{messages.Count - 1}].role", FieldCodes.InvalidValue,
                $"The last message is the question and so the user's; its role is {last.Role}.", Allowed.Names(["user"]));
        }
    }

    private static void CheckLength(List<RequestMessage?> messages, ObjectReader request)
    {
        var characters = messages.Sum(m => m?.Content.Length ?? 0);
        if (characters > Limits.PromptCharacters)
        {
            request.Violations.Add("messages", FieldCodes.TooLong, $"The messages have {characters} characters together; at most {Limits.PromptCharacters} are allowed.",
                Allowed.Words($"at most {Limits.PromptCharacters} characters"));
        }
    }
}
