using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.LanguageModels.Judging.Entailment;

/// <summary>Asks one model what passages say of claims. Its word is one voice: what the words of a passage object to, it does not make supported.</summary>
/// <param name="ask">Asks a model: <see cref="ModelCaller.AskAsync"/>, or one that guards cost and deadline around it. It makes a value of every failure.</param>
public sealed class EntailmentJudge(Func<ModelCall, CancellationToken, Task<ModelReply>> ask)
{
    /// <summary>At most so many claims are put in one question, so that the answer stays short of its cap.</summary>
    public const int MostClaims = 10;

    /// <summary>So many questions are open at once.</summary>
    private const int Concurrency = 4;

    /// <summary>The prompt in use.</summary>
    public static PromptTemplate Prompt { get; } = PromptTemplates.Get("entailment@1");

    /// <summary>
    /// Labels claims, several in a question. A question that fails leaves its claims without a label and the others as they are; a cancelled token ends the asking and does
    /// not throw.
    /// </summary>
    /// <param name="about">The judge, and the question that the claims answer.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="passages">The passages, number 1 first. Without any every claim goes unlabelled and nobody is asked.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<EntailmentReply> AskAsync(JudgeAsk about, IReadOnlyList<string> claims, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        if (passages.Count == 0)
        {
            return new EntailmentReply([.. claims.Select(_ => new JudgedClaim(null, [], null, UnscoredReason.Empty, "There are no passages."))], []);
        }

        string[][] batches = [.. claims.Chunk(MostClaims)];
        var replies = new StructuredReply<EntailmentQuestion.Judged>[batches.Length];

        // Not cancelled by itself: every claim has its entry, whatever ends the asking.
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = CancellationToken.None };
        await Parallel.ForAsync(0, batches.Length, bound, async (i, _) =>
            replies[i] = await StructuredAsking.AskAsync(ask, EntailmentQuestion.Of(about, Prompt, batches[i], passages), cancellationToken));
        return new EntailmentReply(
            [.. replies.SelectMany((reply, batch) => batches[batch].Select((_, i) => Entry(reply, i)))], [.. replies.SelectMany(reply => reply.Calls)]);
    }

    private static JudgedClaim Entry(StructuredReply<EntailmentQuestion.Judged> reply, int claim) =>
        reply.Value?.Claims[claim] is { Label: not null } judged
            ? judged
            : new JudgedClaim(null, [], null, reply.Unscored ?? UnscoredReason.Malformed, reply.Message);
}
