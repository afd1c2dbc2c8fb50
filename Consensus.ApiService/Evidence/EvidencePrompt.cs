using Consensus.ApiService.Runs;
using Consensus.Contracts.Evidence;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Prompts;
using Microsoft.Extensions.AI;

namespace Consensus.ApiService.Evidence;

/// <summary>What a panel is told that is to answer from passages: they stand, fenced and numbered, in front of the caller's own messages.</summary>
internal static class EvidencePrompt
{
    /// <summary>What a model says when the passages do not answer the question.</summary>
    private const string NotSaid = "passages do not say";

    /// <summary>The prompt in use.</summary>
    public static PromptTemplate Template { get; } = PromptTemplates.Get("evidence@1");

    /// <summary>The messages of a plan, with the passages before them.</summary>
    public static IReadOnlyList<ChatMessage> Messages(RunPlan plan, string question, IReadOnlyList<EvidencePassage> passages)
    {
        // Not of the run's id: the same question on the same passages is the same call, and may come from the cache. The bars keep every text inside its fence.
        var ticket = Ticket.Of(Guid.Empty, [Template.Id, question, .. passages.Select(static passage => passage.Text!)]);
        var filled = Template.Fill(("ticket", ticket), ("passages", string.Join("\n\n", passages.Select(passage => Fenced(passage, ticket)))), ("question", question));
        return plan.Request.Prompt is not null ? filled : [filled[0], .. plan.Messages];
    }

    /// <summary>Whether an answer says that the passages do not answer the question.</summary>
    public static bool SaysNothing(string answer) => answer.Length < 2 * NotSaid.Length + 20 && answer.Contains(NotSaid, StringComparison.OrdinalIgnoreCase);

    private static string Fenced(EvidencePassage passage, string ticket)
    {
        var text = Fence.Around($"passage {passage.Number}", passage.Text!, ticket);
        return passage.Title is { } title ? $"{Fence.Around($"title {passage.Number}", title, ticket)}\n{text}" : text;
    }
}
