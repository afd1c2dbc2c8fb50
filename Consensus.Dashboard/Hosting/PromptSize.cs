using Consensus.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Consensus.Dashboard.Hosting;

/// <summary>Lets the longest prompt through the connection of a page; by default its messages end at 32 kB.</summary>
internal static class PromptSize
{
    // Six bytes is the most that one character takes in the message: an escape such as \u001b.
    public static void Allow(HubOptions options) => options.MaximumReceiveMessageSize = (Limits.PromptCharacters * 6) + 32_768;
}
