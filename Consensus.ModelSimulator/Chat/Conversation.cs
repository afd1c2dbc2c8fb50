using System.Text;
using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Passages;
using Consensus.ModelSimulator.Questions;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Chat;

/// <summary>What was asked: the last user message is the question, system and developer texts are instructions.</summary>
internal sealed class Conversation
{
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "system", "developer", "user", "assistant", "tool", "function" };

    private readonly Lazy<Problem?> problem;
    private readonly Lazy<JsonAsked?> json;

    private Conversation() =>
        (problem, json) = (new(() => PassageQuestion.Pose(Material!, Question!) ?? Solver.Solve(Question!)), new(() => JsonAsked.By(this)));

    /// <summary>The last user message, as <see cref="PlainText"/>.</summary>
    public required string Question { get; init; }

    /// <summary>The system's and developer's messages, as <see cref="PlainText"/>.</summary>
    public required string Instructions { get; init; }

    /// <summary>The same as it was sent: it may have passages to answer from.</summary>
    public required string Material { get; init; }

    /// <summary>The hash of every message: the prompt's part of a draw.</summary>
    public required ulong PromptKey { get; init; }

    /// <summary>The hash of the question alone, so that it is as hard for every model, whatever their instructions.</summary>
    public required ulong QuestionKey { get; init; }

    public required int PromptTokens { get; init; }

    /// <summary>What others wrote and is to be judged; <c>null</c> when the question is another one.</summary>
    public FencedPrompt? Fenced { get; init; }

    public ResponseFormat? Format { get; init; }

    /// <summary>What the question poses, worked out when it is first needed; <c>null</c> when it is not understood.</summary>
    public Problem? Problem => problem.Value;

    /// <summary>The JSON that the answer is to be, worked out when it is first needed; <c>null</c> when text will do.</summary>
    public JsonAsked? Json => json.Value;

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
                error = ApiError.Invalid($"'messages[{i}].content' must be a string or an array of text parts, in well-formed Unicode; simulated models read text only.", $"messages[{i}].content");
                return null;
            }

            key = PromptKeyOf(role, text, key);
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
            Question = PlainText.Of(question),
            Instructions = PlainText.Of(instructions.ToString()),
            Material = instructions.ToString(),
            PromptKey = key,
            QuestionKey = KeyOf(question),
            Fenced = FencedPrompt.Read(question),
            PromptTokens = tokens,
            Format = request.ResponseFormat,
        };
    }

    /// <summary>The hash of a question.</summary>
    public static ulong KeyOf(string question) => StableHash.Of(question.Trim());

    /// <summary>The hash of a message after those before it.</summary>
    public static ulong PromptKeyOf(string role, string text, ulong before = 0) => StableHash.Join(StableHash.Join(before, StableHash.Of(role)), StableHash.Of(text));

    private static string? TextOf(JsonElement content, bool mayBeAbsent) => content.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null when mayBeAbsent => "",
        JsonValueKind.Array => content.EnumerateArray().Select(part => JsonText.Member(part, "text") is { } text ? JsonText.Of(text) : null).ToList() is var parts && !parts.Contains(null)
            ? string.Join('\n', parts)
            : null,
        _ => JsonText.Of(content),
    };
}
