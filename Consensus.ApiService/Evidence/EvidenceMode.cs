using System.Text.Json;
using Consensus.ApiService.Admission;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Evidence;

/// <summary>Evidence mode from question to stored record. The one way in, whatever the protocol.</summary>
internal sealed class EvidenceMode(
    PassageFinder finder, PanelQuestions questions, EvidenceConductor conductor, EvidenceRecords records, EvidenceSettings settings, RunAdmission admission,
    ParentRuns parents)
{
    /// <summary>Why a valid request cannot be served here; <c>null</c> when it can.</summary>
    public Problem? Refuse(EvidenceWish wish) => wish switch
    {
        { Matching: EvidenceMatching.Entailment } when settings.Judge is null => new Problem(
            ErrorCatalog.NoJudges, "No judge is configured for evidence mode (`Evidence:Judge`). Leave `matching` out, or ask for `lexical`."),
        { Collection: not null } when !records.HasStore => new Problem(ErrorCatalog.EvidenceDisabled),
        _ => null,
    };

    /// <summary>Answers a question from passages.</summary>
    /// <param name="question">The question.</param>
    /// <param name="wish">The <c>Idempotency-Key</c>, where there is one.</param>
    /// <param name="http">The request. A caller who goes away cancels the run, unless it has such a key.</param>
    /// <param name="body">The request's body.</param>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    /// <exception cref="Storage.Evidence.EvidenceUnavailableException">The collection cannot be read.</exception>
    public async Task<EvidenceAnswer> AnswerAsync(EvidenceQuestion question, RunWish wish, HttpContext http, JsonElement body)
    {
        var caller = Caller.Of(http);
        var (problem, found) = await finder.FindAsync(question.Wish, question.Inline, [question.Text], caller, http.RequestAborted);
        if (problem is not null)
        {
            return new EvidenceAnswer(problem);
        }

        if (found.Items.Count == 0)
        {
            return new EvidenceAnswer(Record: await KeepAsync(conductor.WithoutPassages(question, found), caller));
        }

        var start = await questions.ConductAsync(question.PlanOn(found.Items), wish, http, body);
        if ((start.Refused ?? (start.Ended is { } ended ? RunResult.Failure(ended) : null)) is { } refused)
        {
            return new EvidenceAnswer(refused);
        }

        var run = start.Ended!;
        var record = (start.IsReplay ? await records.FindOfRunAsync(run.RunId, http.RequestAborted) : null) ?? await RecordAsync(question, found, run, caller, http);
        return new EvidenceAnswer(Record: Responded(record, RunResult.Sent(run, question.Included)), IsReplay: start.IsReplay);
    }

    /// <summary>Reads a request to check an answer.</summary>
    /// <param name="body">The body.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="violations">Receives what is wrong with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request, or <c>null</c> when the violations say why not.</returns>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run that it says it follows from cannot be looked for.</exception>
    public async Task<EvidenceCheck?> ReadCheckAsync(JsonElement body, Caller caller, Violations violations, CancellationToken cancellationToken)
    {
        await parents.CheckAsync(body, caller, violations, cancellationToken);
        return EvidenceCheck.Read(body, violations);
    }

    /// <summary>Checks an answer that the caller brought.</summary>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">What the key has spent cannot be read.</exception>
    /// <exception cref="Storage.Evidence.EvidenceUnavailableException">The collection cannot be read.</exception>
    public async Task<(Problem? Problem, EvidenceRecord? Record)> CheckAsync(EvidenceCheck check, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(check.Wish) is { } refusal)
        {
            return (refusal, null);
        }

        if (check.Wish.Matching != EvidenceMatching.Lexical && settings.Judge is not null && await admission.FindJudgingRefusalAsync(caller.KeyId) is { } spent)
        {
            return (spent, null);
        }

        var (problem, found) = await finder.FindAsync(check.Wish, check.Inline, check.Queries, caller, cancellationToken);
        return problem is not null
            ? (problem, null)
            : (null, await KeepAsync(await conductor.OfAnswerAsync(check, found, caller.KeyId, cancellationToken), caller));
    }

    private async Task<EvidenceRecord> RecordAsync(EvidenceQuestion question, PassageList found, ConsensusResponse run, Caller caller, HttpContext http) =>
        await KeepAsync(await conductor.OfRunAsync(question, found, run, caller.KeyId, http.RequestAborted), caller);

    private Task<EvidenceRecord> KeepAsync(EvidenceRecord record, Caller caller)
    {
        EvidenceMetrics.Concluded(record);
        return records.SaveAsync(record, caller.KeyId);
    }

    private static EvidenceResponse Responded(EvidenceRecord record, ConsensusResponse run) => new()
    {
        EvidenceId = record.EvidenceId,
        SchemaVersion = record.SchemaVersion,
        CreatedAt = record.CreatedAt,
        RunId = record.RunId,
        ParentRunId = record.ParentRunId,
        Collection = record.Collection,
        Question = record.Question,
        Abstained = record.Abstained,
        AbstainReason = record.AbstainReason,
        Text = record.Text,
        CheckedText = record.CheckedText,
        Claims = record.Claims,
        Figures = record.Figures,
        Candidates = record.Candidates,
        Passages = record.Passages,
        Method = record.Method,
        Links = record.Links,
        Run = run,
    };
}

/// <summary>What came of a question: a record, or a problem.</summary>
/// <param name="Problem">Why there is no record.</param>
/// <param name="Record">The record; with its run, where a panel was asked.</param>
/// <param name="IsReplay">Whether it is that of an earlier request with the same key.</param>
internal readonly record struct EvidenceAnswer(Problem? Problem = null, EvidenceRecord? Record = null, bool IsReplay = false);
