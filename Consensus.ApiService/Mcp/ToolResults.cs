using System.Globalization;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using ModelContextProtocol.Protocol;

namespace Consensus.ApiService.Mcp;

/// <summary>From a run or a problem to what a tool gives back: for programs as a structure, for models as text.</summary>
internal static class ToolResults
{
    public static CallToolResult Of(ConsensusResponse run, bool isLookUp)
    {
        var verdict = Verdict(run);
        if (isLookUp)
        {
            verdict = verdict with
            {
                Question = run.Request?.Prompt ?? (run.Request?.Messages is [.., var last] ? last.Content : null),
                CreatedAt = run.CreatedAt,
                Candidates = verdict.Gate is not null ? [] : [.. (run.Candidates ?? []).Select(c => new ToolCandidate(c.Model, c.Status, c.Text, c.Cluster, c.Error?.Reason))],
            };
        }

        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = Text(verdict) }],
            StructuredContent = JsonSerializer.SerializeToElement(verdict, McpWire.Default.ToolVerdict),
        };
    }

    public static CallToolResult Of(Problem problem, string instance, string requestId)
    {
        var body = problem.Body(instance, requestId);
        return new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = Text(body) }],
            StructuredContent = JsonSerializer.SerializeToElement(new ToolFailure(body), McpWire.Default.ToolFailure),
        };
    }

    private static ToolVerdict Verdict(ConsensusResponse run) => new()
    {
        RunId = run.RunId,
        Status = run.Status,
        StatusReason = run.StatusReason,
        Strategy = run.Strategy,
        Outcome = run.Outcome,
        Answer = run.Answer,
        Agreement = run.Agreement,
        Confidence = run.Confidence is { } confidence ? new ToolConfidence(confidence.Raw, confidence.Calibrated) : null,
        Stability = run.Stability is { } stability ? new ToolStability(stability.Level, stability.Score) : null,
        Gate = GateOf(run),
        // What the panel said is what the policy keeps back.
        Dissent = GateOf(run) is not null ? [] : [.. run.Clusters.Skip(run.Answer is null ? 0 : 1).Select(c => new ToolDissent(c.Answer.Text, c.Share, c.Models))],
        Asked = run.Calls?.Panel,
        Degraded = run.Degraded,
        CostUsd = run.Usage?.CostUsd,
    };

    private static ToolGate? GateOf(ConsensusResponse run) => run.Gate is { Decision: not GateDecision.Passed } gate
        ? new ToolGate(gate.Decision, [.. gate.Findings.Where(f => f is { Mode: GateMode.Enforce, Gate: not GateName.Redaction }).Select(f => f.Reason)])
        : null;

    private static string Text(ToolVerdict verdict)
    {
        var text = new StringBuilder();
        text.Append(verdict switch
        {
            { Gate: { } gate } => $"There is no answer: the policy {(gate.Decision == GateDecision.Refused ? "refuses the question" : "keeps it back")}. {string.Join(' ', gate.Reasons)}",
            { Answer: { } answer } => answer.Text,
            { Outcome: Outcome.QuorumNotMet } => "There is no answer: too few of the panel's answers could be used.",
            { Outcome: Outcome.NoConsensus } => "There is no answer: the panel came to no consensus.",
            { StatusReason: { } reason } => $"There is no answer: the run is {WireName.Of(verdict.Status)} ({reason}).",
            _ => $"There is no answer yet: the run is {WireName.Of(verdict.Status)}.",
        });
        text.Append("\n\n");
        if (verdict.Outcome is { } outcome)
        {
            text.Append(CultureInfo.InvariantCulture, $"Outcome: {WireName.Of(outcome)} by {verdict.Strategy}, agreement {Percent(verdict.Agreement)}");
            text.Append(CultureInfo.InvariantCulture, $", confidence {Percent(verdict.Confidence?.Calibrated ?? verdict.Confidence?.Raw)} ({(verdict.Confidence?.Calibrated is null ? "not calibrated" : "calibrated")})");
            text.Append(CultureInfo.InvariantCulture, $", {WireName.Of(verdict.Stability?.Level) ?? "no"} stability{(verdict.Degraded ? ", some answers are missing" : "")}.\n");
        }

        foreach (var other in verdict.Dissent)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(verdict.Answer is null ? "Said" : "Dissent")} by {string.Join(", ", other.Models)} ({Percent(other.Share)}): {other.Answer}\n");
        }

        foreach (var candidate in verdict.Candidates ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"{candidate.Model}: {candidate.Text ?? $"no answer ({WireName.Of(candidate.Error)})"}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Run {verdict.RunId}{(verdict.CostUsd is { } cost ? $", ${cost:0.######}" : "")}.").ToString();
    }

    private static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known:0.#} %") : "unknown";

    private static string Text(ProblemBody body)
    {
        var text = new StringBuilder($"{body.Title} {body.Detail} ({body.Code})");
        foreach (var error in body.Errors ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- {error.Field}: {error.Message}");
            if (error.Allowed is { } allowed)
            {
                text.Append(CultureInfo.InvariantCulture, $" Allowed: {allowed.GetRawText()}");
            }
        }

        return text.ToString();
    }
}
