using Consensus.ApiService.Admission;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Entailment;
using Consensus.LanguageModels.Judging.Panel;

namespace Consensus.ApiService.Evidence;

/// <summary>Asks the configured judge what passages say of an answer's claims. A judge that fails changes nothing: the words decide.</summary>
internal sealed class ClaimJudging(ModelCaller models, EvidenceSettings settings, KeyCharge charge, RunAdmission admission, TimeProvider time)
{
    /// <summary>The version of the prompt.</summary>
    public static string PromptId => EntailmentJudge.Prompt.Id;

    /// <param name="evidenceId">The record that it is for.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="question">What it answers; empty where that was not said.</param>
    /// <param name="keyId">The key that the cost counts against; when its day's budget is spent, nobody is asked.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<JudgedAnswer> JudgeAsync(
        Guid evidenceId, MatchedAnswer answer, PassageSet passages, string question, string? keyId, CancellationToken cancellationToken)
    {
        var asked = answer.Claims.Where(static claim => claim.Lexical is not null).ToArray();
        if (asked.Length == 0)
        {
            return new JudgedAnswer(answer, 0, null);
        }

        if (await admission.FindJudgingRefusalAsync(keyId) is not null)
        {
            return new JudgedAnswer(answer, asked.Length, null);
        }

        using var patience = new CancellationTokenSource(settings.JudgeTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var about = new JudgeAsk(evidenceId, settings.Judge!, [new RequestMessage("user", question.Length > 0 ? question : answer.Text)], Limits.StepOutputTokens);
        var reply = await new EntailmentJudge(models.AskAsync).AskAsync(
            about, [.. asked.Select(static claim => claim.Claim.Text)], [.. passages.Passages.Select(static passage => passage.Text!)], end.Token);
        var usage = UsageOf(reply.Calls);
        await charge.AddAsync(keyId, usage.CostUsd);
        var opinions = asked.Zip(reply.Claims).ToDictionary(static pair => pair.First, static pair => Opinion(pair.Second));
        return new JudgedAnswer(
            answer with { Claims = [.. answer.Claims.Select(claim => claim with { Judged = opinions.GetValueOrDefault(claim) })] },
            opinions.Values.Count(static opinion => opinion is null),
            usage);
    }

    private static JudgeOpinion? Opinion(JudgedClaim judged) =>
        judged.Label is { } label ? new JudgeOpinion(label, judged.Rationale, [.. judged.Passages.Select(static number => number - 1)]) : null;

    /// <summary>Tokens and cost of all calls; each <c>null</c> when it is not known of one that may be billed.</summary>
    private static UsageBody UsageOf(IReadOnlyList<ModelReply> calls)
    {
        decimal? Sum(Func<ModelReply, decimal?> part) =>
            calls.Any(call => part(call) is null && (call.MayBeBilled || (call.InputTokens ?? call.OutputTokens) is not null)) ? null : calls.Sum(call => part(call) ?? 0);

        return new UsageBody((long?)Sum(static call => call.InputTokens), (long?)Sum(static call => call.OutputTokens), Sum(static call => call.CostUsd));
    }
}
