using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Core.Evidence.Citations;
using Consensus.Core.Evidence.Matching;

namespace Consensus.ApiService.Evidence;

/// <summary>From an answer and passages to an evidence record.</summary>
internal sealed class EvidenceConductor(ClaimJudging judging, EvidenceSettings settings, TimeProvider time)
{
    /// <summary>The version of the record's shape.</summary>
    public const int SchemaVersion = 4;

    /// <summary>The record of a question that no passage was found for; nobody was asked.</summary>
    public EvidenceRecord WithoutPassages(EvidenceQuestion question, PassageList found) => Begun(question.Wish, found, question.Text, EvidencePrompt.Template.Id) with
    {
        ParentRunId = question.Plan.ParentRunId,
        Abstained = true,
        AbstainReason = AbstainReason.NoPassages,
    };

    /// <summary>The record of a run that answered from passages.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="found">The passages that the panel was shown.</param>
    /// <param name="run">What came of it, with every candidate.</param>
    /// <param name="keyId">The key that the judge's cost counts against.</param>
    /// <param name="cancellationToken">Ends the asking of a judge; the words then decide.</param>
    public async Task<EvidenceRecord> OfRunAsync(EvidenceQuestion question, PassageList found, ConsensusResponse run, string? keyId, CancellationToken cancellationToken)
    {
        var answers = (run.Candidates ?? []).Where(static candidate => candidate.Text is not null).ToArray();
        var passages = new PassageSet(found.Items, documents: null, answers.Select(static candidate => CitationMarks.Strip(candidate.Text!)));
        var matched = answers.Select(candidate => ClaimAssessor.Match(candidate.Text!, passages)).ToArray();
        var record = Begun(question.Wish, found, question.Text, EvidencePrompt.Template.Id) with
        {
            RunId = run.RunId,
            ParentRunId = question.Plan.ParentRunId,
            Candidates = [.. answers.Select((candidate, i) => new CandidateEvidence(candidate.Id, candidate.Model, ClaimAssessor.Figures(matched[i], passages)))],
        };
        if (run.Answer is null)
        {
            return record with { Abstained = true, AbstainReason = AbstainReason.NoVerdict };
        }

        Voice[] voices = [.. answers.Select((candidate, i) => new Voice(candidate.Model, matched[i].Text))];
        var spoken = Spokesman(run, answers, matched);
        var answer = spoken is { } i ? matched[i] : ClaimAssessor.Match(run.Answer.Text, passages);
        return await ConcludeAsync(record, answer, passages, voices, spoken is { } author ? voices[author] : null, question.Text, keyId, cancellationToken);
    }

    /// <summary>The record of an answer that the caller brought.</summary>
    public async Task<EvidenceRecord> OfAnswerAsync(EvidenceCheck check, PassageList found, string? keyId, CancellationToken cancellationToken)
    {
        var record = Begun(check.Wish, found, check.Question, answerPrompt: null) with { ParentRunId = check.ParentRunId };
        var passages = new PassageSet(found.Items, check.Wish.Documents.Count > 0 ? check.Wish.Documents.Count : 0, check.Others.Select(static other => other.Text));
        return found.Items.Count == 0
            ? record with { Abstained = true, AbstainReason = AbstainReason.NoPassages, CheckedText = CitationMarks.Read(check.Answer, passages.MostCited).Text }
            : await ConcludeAsync(record, ClaimAssessor.Match(check.Answer, passages), passages, check.Others, null, check.Question ?? "", keyId, cancellationToken);
    }

    private async Task<EvidenceRecord> ConcludeAsync(
        EvidenceRecord record, MatchedAnswer answer, PassageSet passages, IReadOnlyList<Voice> voices, Voice? author, string question, string? keyId,
        CancellationToken cancellationToken)
    {
        var judged = record.Method.Matching == EvidenceMatching.Entailment
            ? await judging.JudgeAsync(record.EvidenceId, answer, passages, question, keyId, cancellationToken)
            : new JudgedAnswer(answer, 0, null);
        var assessed = ClaimAssessor.Assess(judged.Answer, passages, voices, author);
        var whyNot = assessed.WhyNot;
        return record with
        {
            Abstained = whyNot is not null,
            AbstainReason = whyNot,
            Text = whyNot is null ? EvidenceText.Write(assessed.Text, assessed.Claims, record.Method.Unsupported) : null,
            CheckedText = assessed.Text,
            Claims = assessed.Claims,
            Figures = assessed.Figures,
            Method = record.Method with { JudgeFailures = judged.Failures, JudgeUsage = judged.Usage },
        };
    }

    /// <summary>
    /// Whose text stands for the answer: of the winning cluster the one whose claims are best borne out, the first of equals. <c>null</c> where the answer
    /// was written anew from several.
    /// </summary>
    private static int? Spokesman(ConsensusResponse run, CandidateBody[] answers, MatchedAnswer[] matched)
    {
        var winner = run.Clusters is [var leader, ..] ? leader : null;
        int[] members = [.. Enumerable.Range(0, answers.Length).Where(i => winner?.Candidates.Contains(answers[i].Id) == true)];
        var isWritten = run.Answer!.Kind == AnswerKindName.Text && !Array.Exists(members, i => answers[i].Answer?.Text == run.Answer.Text);
        return members.Length == 0 || isWritten ? null : members.MinBy(i => (Unsupported(matched[i]), -Supported(matched[i]), i));
    }

    private static double Unsupported(MatchedAnswer answer) => answer.Claims.Count(static claim => claim.Label is not null) is var all and > 0 ? 1 - ((double)Supported(answer) / all) : 1;

    private static int Supported(MatchedAnswer answer) => answer.Claims.Count(static claim => claim.Label == Core.Evidence.Matching.EvidenceLabel.Supported);

    private EvidenceRecord Begun(EvidenceWish wish, PassageList found, string? question, string? answerPrompt)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var matching = wish.Matching ?? (settings.Judge is null ? EvidenceMatching.Lexical : EvidenceMatching.Entailment);
        var isJudged = matching == EvidenceMatching.Entailment;
        return new EvidenceRecord
        {
            EvidenceId = id,
            SchemaVersion = SchemaVersion,
            CreatedAt = now,
            Collection = wish.Collection,
            Question = question,
            Abstained = false,
            Passages = found.Items,
            Method = new EvidenceMethod(
                matching, EvidenceMatcher.Version, isJudged ? settings.Judge : null, isJudged ? ClaimJudging.PromptId : null, answerPrompt,
                found.Search, wish.Unsupported, Embeddings: found.Embeddings),
        };
    }
}
