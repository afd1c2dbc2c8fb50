using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Text;

namespace Consensus.Contracts.Client;

/// <summary>
/// How what the API says is put into words for a reader, on a page or in a terminal. Texts that models or callers wrote come out in one line, with what is invisible spelled out.
/// </summary>
public static class Words
{
    /// <summary>Stands where the privacy level of the run log left a text out.</summary>
    public const string NotStored = "(not stored)";

    private const int NameLength = 120;

    /// <summary>A member of an enum: <c>no consensus</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => WireName.Of(value).Replace('_', ' ');

    /// <summary>The words with a capital at their start.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>A share of one in per cent.</summary>
    public static string Share(double share) => $"{share * 100:0.#} %";

    /// <summary>A time in milliseconds or seconds.</summary>
    public static string Time(double milliseconds) => milliseconds < 1000 ? $"{milliseconds:0} ms" : $"{milliseconds / 1000:0.0} s";

    /// <summary>A cost in US dollars, where it is known.</summary>
    public static string Cost(decimal? usd) => usd is { } known ? $"${known:0.######}" : "cost not known";

    /// <summary>The tokens of calls, where they are known.</summary>
    public static string? Tokens(UsageBody? usage) => usage is { InputTokens: { } input, OutputTokens: { } output } ? $"{input} tokens in, {output} out" : null;

    /// <summary>How many calls were made of those that the panel asks for.</summary>
    public static string? Calls(CallsBody? calls) =>
        calls is null ? null : $"{calls.Started} of {Count(calls.Panel, "call")}{(calls.StoppedEarly ? ", stopped early" : "")}";

    /// <summary>A number of things.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>Models in a row.</summary>
    public static string Names(IEnumerable<string> models) => string.Join(", ", models.Select(Name));

    /// <summary>A model, with its sample where a model was asked more than once.</summary>
    public static string Who(string model, int sample, int samplesPerModel) => samplesPerModel > 1 ? $"{Name(model)} #{sample + 1}" : Name(model);

    /// <summary>Whether the leading cluster is the answer; the answer's text may be missing all the same, where it is not stored.</summary>
    public static bool HasWinner(Outcome? outcome) => outcome is Outcome.Consensus or Outcome.Plurality;

    /// <summary>Whether the run's answer was given out: it has a winner, and no policy keeps it back.</summary>
    public static bool IsAnswered(ConsensusResponse run) => HasWinner(run.Outcome) && Gate(run.Gate) is null;

    /// <summary>Why a policy gave no answer, in sentences; <c>null</c> where it did not stand in the way.</summary>
    public static string? Gate(GateBody? gate)
    {
        if (gate is null or { Decision: GateDecision.Passed })
        {
            return null;
        }

        var reasons = gate.Findings.Where(finding => finding is { Mode: GateMode.Enforce, Gate: not GateName.Redaction }).Select(finding => VisibleText.Line(finding.Reason, 500));
        return string.Join(' ', reasons.Prepend(gate.Decision == GateDecision.Refused ? "The policy refuses the question." : "The policy keeps the answer back."));
    }

    /// <summary>An answer in one line; <see cref="NotStored"/> where it has no text.</summary>
    public static string Answer(string? text, int length = NameLength) => text is { Length: > 0 } ? VisibleText.Line(text, length) : NotStored;

    /// <summary>What a candidate brought, in one line.</summary>
    public static string What(CandidateBody candidate, int length = NameLength) =>
        candidate.Status == CandidateStatus.Answered ? Answer(candidate.Answer?.Text ?? candidate.Text, length) : WhyNot(candidate);

    /// <summary>Why a candidate has no vote.</summary>
    public static string WhyNot(CandidateBody candidate) => candidate.Error switch
    {
        { Message.Length: > 0 } error => $"{Of(error.Reason)}: {VisibleText.Line(error.Message, 300)}",
        { } error => Of(error.Reason),
        null => Of(candidate.Status),
    };

    /// <summary>Who leads while answers still arrive, or who is tied; null before the first cluster.</summary>
    public static string? Leading(ClustersSoFar? soFar)
    {
        if (soFar?.Clusters is not [var leader, ..])
        {
            return null;
        }

        var leaders = soFar.Clusters.Where(cluster => Math.Abs(cluster.Weight - leader.Weight) < 1e-9).Select(cluster => $"{Answer(cluster.Answer.Text, 60)} ({cluster.Size})").ToArray();
        return leaders.Length == 1 ? $"ahead: {leaders[0]}" : $"tied: {string.Join(", ", leaders)}";
    }

    /// <summary>What a stability means: without whom the verdict would be another.</summary>
    public static string Stability(StabilityBody stability) => stability switch
    {
        { FlipSet.Count: > 0 } => $"the verdict would change without {Names(stability.FlipSet)}",
        { ByFamily.FlipSet.Count: > 0 } => $"the verdict would change without the family {Names(stability.ByFamily.FlipSet)}",
        { Level: StabilityLevel.Stable } => "no single model's absence changes the verdict",
        { Level: StabilityLevel.Contested } => "there is no winner to be stable",
        _ => "too few votes to say",
    };

    /// <summary>How probable another verdict is; null where that is not known.</summary>
    public static string? Flips(StabilityBody stability) => stability.FlipProbability is { } flips ? $"flips in {Share(flips)} of resampled panels" : null;

    /// <summary>What a field error says would be right; empty where it says nothing.</summary>
    public static string Allowed(JsonElement? allowed) => allowed switch
    {
        { ValueKind: JsonValueKind.Array } list => $"Allowed: {string.Join(", ", list.EnumerateArray().Select(item => VisibleText.Line(item.ToString(), NameLength)))}.",
        { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } one => $"Allowed: {VisibleText.Line(one.ToString(), 300)}.",
        _ => "",
    };

    /// <summary>A moment, the same for every reader.</summary>
    public static string Utc(DateTimeOffset time) => $"{time.ToUniversalTime():d MMM yyyy, HH:mm:ss} UTC";

    /// <summary>How long ago a moment was.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } passed => $"{passed.TotalMinutes:0} min ago",
        { TotalHours: < 24 } passed => $"{passed.TotalHours:0} h ago",
        _ => $"{time.ToUniversalTime():d MMM yyyy}",
    };

    private static string Name(string model) => VisibleText.Line(model, NameLength);
}
