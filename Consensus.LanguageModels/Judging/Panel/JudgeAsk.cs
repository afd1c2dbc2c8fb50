using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>What all questions about a run to one judge have in common.</summary>
/// <param name="Id">The job or run: part of every ticket.</param>
/// <param name="Judge">The judge's model id.</param>
/// <param name="Messages">The conversation that ends in the question.</param>
/// <param name="MaxOutputTokens">The token cap of an answer.</param>
public sealed record JudgeAsk(Guid Id, string Judge, IReadOnlyList<RequestMessage> Messages, int MaxOutputTokens)
{
    // No temperature: newer models reject every value but their own.
    internal ModelCall Call(IReadOnlyList<ChatMessage> prompt) => new() { Model = Judge, Messages = prompt, MaxOutputTokens = MaxOutputTokens };
}
