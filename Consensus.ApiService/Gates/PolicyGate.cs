using Consensus.ApiService.Runs;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Privacy;
using Microsoft.Extensions.AI;

namespace Consensus.ApiService.Gates;

/// <summary>Holds runs against the policy: before any model is asked, and before an answer is given out. Every decision of a gate is counted.</summary>
internal static class PolicyGate
{
    /// <summary>Holds a plan against the policy.</summary>
    /// <returns>The plan with what was found, and with personal data taken out of what is sent where the policy says so.</returns>
    public static RunPlan Admit(RunPlan plan, PolicyInForce policy)
    {
        var findings = new List<GateFinding>();
        Names(GateName.AllowedModels, policy.Models, (plan.Steps?.Asks(plan.Models) ?? plan.Models).Select(m => m.Id), "model", findings);
        Names(GateName.AllowedStrategies, policy.Strategies, [plan.Strategy], "strategy", findings);
        Panel(plan, policy.Policy.Panel, findings);
        string[] texts = [.. plan.Messages.Select(m => m.Text)];
        Length(texts, policy.Policy.Prompt, findings);
        Safety(texts, policy, findings);
        var messages = Redact(plan.Messages, policy.Policy.Redaction, findings);
        return plan with { Messages = messages, Policy = new PolicyCheck(policy, findings) };
    }

    /// <summary>Holds an aggregate against the policy: no model is asked and no prompt is sent, so only its strategy counts.</summary>
    public static PolicyCheck Admit(AggregatePlan plan, PolicyInForce policy)
    {
        var findings = new List<GateFinding>();
        Names(GateName.AllowedStrategies, policy.Strategies, [plan.Decision.Strategy], "strategy", findings);
        return new PolicyCheck(policy, findings);
    }

    /// <summary>Holds a decided run against the policy, and keeps its answer back where it must be. Clusters and candidates stay: what was said is part of the record.</summary>
    public static ConsensusResponse Release(ConsensusResponse run, PolicyCheck check)
    {
        var findings = new List<GateFinding>(check.Findings);
        var before = findings.Count;
        if (run.Answer is not null)
        {
            Confidence(run, check.Policy.Policy.Confidence, findings);
            Agreement(run, check.Policy.Policy.Agreement, findings);
        }

        var isWithheld = findings.Skip(before).Any(f => f.Mode == GateMode.Enforce);
        return run with
        {
            Answer = isWithheld ? null : run.Answer,
            Gate = (check with { Findings = findings }).Body(isWithheld ? GateDecision.Withheld : GateDecision.Passed),
        };
    }

    /// <summary>What a judge is sent of a run, without personal data where the policy says so.</summary>
    public static JudgeWork Sent(JudgeWork work, PolicyInForce policy) => policy.Policy.Redaction is not { Mode: GateMode.Enforce } ? work : work with
    {
        Messages = [.. work.Messages.Select(m => m with { Content = Redactor.Redact(m.Content) })],
        Candidates = [.. work.Candidates.Select(c => c with { Text = Redactor.Redact(c.Text) })],
    };

    private static void Names(GateName gate, NamePatterns? rule, IEnumerable<string> names, string what, List<GateFinding> findings)
    {
        if (rule is null)
        {
            return;
        }

        var refused = names.Where(n => !rule.Allows(n)).Distinct(StringComparer.Ordinal).ToArray();
        Conclude(gate, rule.Mode, refused.Length == 0 ? null
            : $"The policy does not allow the {what}{(refused.Length > 1 ? "s" : "")} {string.Join(", ", refused)}.", findings);
    }

    private static void Panel(RunPlan plan, PanelRule? rule, List<GateFinding> findings)
    {
        if (rule is null)
        {
            return;
        }

        var models = plan.Models.Count;
        var families = plan.Models.Select(m => m.Family).Distinct(StringComparer.Ordinal).Count();
        var answers = models * plan.SamplesPerModel;
        var reason = models < rule.MinModels ? $"The panel has {models} models; the policy asks for at least {rule.MinModels}."
            : models > rule.MaxModels ? $"The panel has {models} models; the policy allows at most {rule.MaxModels}."
            : families < rule.MinFamilies ? $"The panel's models are of {families} families; the policy asks for at least {rule.MinFamilies}."
            : answers > rule.MaxAnswers ? $"The panel would give {answers} answers; the policy allows at most {rule.MaxAnswers}."
            : null;
        Conclude(GateName.PanelSize, rule.Mode, reason, findings);
    }

    private static void Length(string[] texts, PromptRule? rule, List<GateFinding> findings)
    {
        if (rule is not null)
        {
            var characters = texts.Sum(t => t.Length);
            Conclude(GateName.PromptLength, rule.Mode, characters <= rule.MaxCharacters ? null
                : $"The prompt has {characters} characters; the policy allows at most {rule.MaxCharacters}.", findings);
        }
    }

    private static void Safety(string[] texts, PolicyInForce policy, List<GateFinding> findings)
    {
        foreach (var (rule, pattern) in policy.Safety)
        {
            Conclude(GateName.PromptSafety, rule.Mode, texts.Any(pattern.IsMatch) ? rule.Message ?? $"The prompt matches the rule {rule.Name}." : null, findings, rule.Name);
        }
    }

    private static IReadOnlyList<ChatMessage> Redact(IReadOnlyList<ChatMessage> messages, RedactionRule? rule, List<GateFinding> findings)
    {
        if (rule is null)
        {
            return messages;
        }

        ChatMessage[] redacted = [.. messages.Select(m => Redactor.Redact(m.Text) is var text && text != m.Text ? new ChatMessage(m.Role, text) : m)];
        var changed = redacted.Where((m, i) => !ReferenceEquals(m, messages[i])).Count();
        var (would, of) = (rule.Mode == GateMode.Enforce ? "was" : "would have been", messages.Count == 1 ? "the prompt" : $"{changed} of {messages.Count} messages");
        Conclude(GateName.Redaction, rule.Mode, changed == 0 ? null : $"Personal data {would} taken out of {of} before it was sent.", findings);
        return rule.Mode == GateMode.Enforce ? redacted : messages;
    }

    private static void Confidence(ConsensusResponse run, ConfidenceRule? rule, List<GateFinding> findings)
    {
        if (rule is null)
        {
            return;
        }

        var figure = rule.Use switch
        {
            ConfidenceFigure.Calibrated => run.Confidence?.Calibrated,
            ConfidenceFigure.Raw => run.Confidence?.Raw,
            _ => run.Confidence?.Calibrated ?? run.Confidence?.Raw,
        };
        Conclude(GateName.MinimumConfidence, rule.Mode, figure >= rule.Minimum ? null
            : figure is { } known ? FormattableString.Invariant($"The confidence is {known:0.###}; the policy asks for at least {rule.Minimum:0.###}.")
            : FormattableString.Invariant($"There is no such confidence; the policy asks for at least {rule.Minimum:0.###}."), findings);
    }

    private static void Agreement(ConsensusResponse run, AgreementRule? rule, List<GateFinding> findings)
    {
        if (rule is not null)
        {
            Conclude(GateName.MinimumAgreement, rule.Mode, run.Agreement >= rule.Minimum ? null
                : FormattableString.Invariant($"The agreement is {run.Agreement:0.###}; the policy asks for at least {rule.Minimum:0.###}."), findings);
        }
    }

    private static void Conclude(GateName gate, GateMode mode, string? reason, List<GateFinding> findings, string? rule = null)
    {
        PolicyMetrics.Record(gate, mode, isFound: reason is not null);
        if (reason is not null)
        {
            findings.Add(new GateFinding(gate, mode, reason, rule));
        }
    }
}
