using System.Text;
using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Questions;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Chat;

/// <summary>What was asked: the last user message is the question, system and developer texts are instructions.</summary>
internal sealed class Conversation
{
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "system", "developer", "user", "assistant", "tool", "function" };

    private Problem? problem;
    private bool solved;

    public required string Question { get; init; }

    public required string Instructions { get; init; }

    /// <summary>The hash of every message: the prompt's part of a draw.</summary>
    public required ulong PromptKey { get; init; }

    /// <summary>The hash of the question alone, so that it is as hard for every model, whatever their instructions.</summary>
    public required ulong QuestionKey { get; init; }

    public required int PromptTokens { get; init; }

    public ResponseFormat? Format { get; init; }

    /// <summary>What the question poses, worked out when it is first needed; <c>null</c> when it is not understood.</summary>
    public Problem? Problem
    {
        get
        {
            if (!solved)
            {
                (problem, solved) = (Solver.Solve(Question), true);
            }

            return problem;
        }
    }

    /// <summary>Reads the messages of a request; <paramref name="error"/> says what is wrong with them.</summary>
    public static Conversation? Read(ChatRequest request, out ApiError? error)
    {
        if (request.Messages is not { Count: > 0 } messages)
        {
            error = ApiError.Invalid("'messages' must have at least one message.", "messages", "missing_required_parameter");
            return null;
        }

        string? question = null;
        var instructions = new StringBuilder();
        var (key, tokens) = (0UL, 0);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { Role: { } role } message || !Roles.Contains(role))
            {
                error = ApiError.Invalid($"'messages[{i}].role' must be one of: {string.Join(", ", Roles)}.", $"messages[{i}].role");
                return null;
            }

            if (TextOf(message.Content, role == "assistant") is not { } text)
            {
                error = ApiError.Invalid($"'messages[{i}].content' must be a string or an array of text parts; simulated models read text only.", $"messages[{i}].content");
                return null;
            }

            key = StableHash.Join(StableHash.Join(key, StableHash.Of(role)), StableHash.Of(text));
            tokens += TokenEstimate.PerMessage + TokenEstimate.OfText(text.Length);
            question = role == "user" ? text : question;
            if (role is "system" or "developer")
            {
                instructions.Append(text).Append('\n');
            }
        }

        error = question is null ? ApiError.Invalid("'messages' has no message of the role 'user'.", "messages") : null;
        return question is null ? null : new()
        {
            Question = question,
            Instructions = instructions.ToString(),
            PromptKey = key,
            QuestionKey = StableHash.Of(question.Trim()),
            PromptTokens = tokens,
            Format = request.ResponseFormat,
        };
    }

    private static string? TextOf(JsonElement content, bool mayBeAbsent)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return content.GetString();
            case JsonValueKind.Undefined or JsonValueKind.Null when mayBeAbsent:
                return "";
            case JsonValueKind.Array:
                var text = new StringBuilder();
                foreach (var part in content.EnumerateArray())
                {
                    if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("text", out var piece) || piece.ValueKind != JsonValueKind.String)
                    {
                        return null;
                    }

                    text.Append(text.Length == 0 ? "" : "\n").Append(piece.GetString());
                }

                return text.ToString();
            default:
                return null;
        }
    }
}
