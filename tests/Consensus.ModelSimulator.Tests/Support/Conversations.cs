using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Chat;

namespace Consensus.ModelSimulator.Tests.Support;

/// <summary>Messages as the server reads them, without a server.</summary>
internal static class Conversations
{
    public static Conversation Of(string question)
    {
        var content = JsonSerializer.SerializeToElement(question);
        return Conversation.Read(new() { Messages = [new() { Role = "user", Content = content }] }, out _)!;
    }

    public static Problem? Understand(string question) => Of(question).Problem;
}
