using Consensus.Contracts.Runs;

namespace Consensus.LanguageModels.Judging.Fencing;

/// <summary>Sets the conversation that ends in a question into a prompt. Its author is not trusted either.</summary>
public static class QuestionText
{
    /// <summary>The question alone, or every message of a longer conversation in a fence of its own.</summary>
    /// <param name="messages">At least one message.</param>
    /// <param name="ticket">The prompt's ticket.</param>
    public static string Fenced(IReadOnlyList<RequestMessage> messages, string ticket) => messages.Count == 1
        ? Fence.Around("question", messages[0].Content, ticket)
        : string.Join("\n\n", messages.Select((message, i) => Fence.Around(Name(message, i, messages.Count), message.Content, ticket)));

    private static string Name(RequestMessage message, int i, int count) =>
        i == count - 1 ? "question" : $"message {i + 1} by the {message.Role switch { "assistant" => "assistant", "system" => "system", _ => "user" }}";
}
