using Consensus.Contracts.Client;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Spectre.Console;

namespace Consensus.Cli.Display;

/// <summary>A run's verdict: the answer, how far it can be relied on, who disagrees, and what it cost.</summary>
internal static class VerdictView
{
    public static void Write(IAnsiConsole console, ConsensusResponse run)
    {
        console.WriteLine();
        console.Write(new Text(run.Answer is { } answer ? SafeText.Block(answer.Text) : NoAnswer(run), run.Answer is null ? Styles.Fair : Styles.Strong));
        console.WriteLine();
        console.WriteLine();

        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Add(facts, "outcome", Outcome(run));
        Add(facts, "agreement", Agreement(run));
        Add(facts, "confidence", Confidence(run.Confidence));
        Add(facts, "stability", Stability(run.Stability));
        Add(facts, "effort", Effort(run));
        Add(facts, "run", $"{run.RunId} · {SafeText.Line(run.Strategy)}");
        console.Write(facts);

        ClusterView.Write(console, run);
    }

    private static void Add(Grid facts, string name, string? value)
    {
        if (value is not null)
        {
            facts.AddRow(new Text(name, Styles.Quiet), new Text(value));
        }
    }

    private static string NoAnswer(ConsensusResponse run) => run switch
    {
        { Status: not RunStatus.Completed } => $"No answer: the run is {Words.Of(run.Status)}{(run.StatusReason is { } why ? $" ({SafeText.Line(why)})" : "")}.",
        _ when Words.Gate(run.Gate) is { } gated => $"No answer: {gated}",
        { Outcome: Contracts.Runs.Outcome.QuorumNotMet } => "No answer: too few usable answers came back.",
        _ when Words.HasWinner(run.Outcome) => "The answer is not stored.",
        _ => "No answer: the panel does not agree.",
    };

    private static string Outcome(ConsensusResponse run) =>
        (run.Outcome is { } outcome ? Words.Of(outcome) : run.Gate is { Decision: GateDecision.Refused } ? "refused by the policy" : Words.Of(run.Status)) + (run.Degraded ? " · degraded: part of the panel gave no vote" : "");

    private static string? Agreement(ConsensusResponse run) => run.Agreement is not { } agreement ? null
        : (run.AgreementIsLowerBound ? "at least " : "") + Words.Share(agreement)
        + Count(run, agreement)
        + (run.Margin is { } margin ? $" · margin {Words.Share(margin)}" : "")
        + (run.Entropy is { } entropy ? $" · entropy {entropy:0.##}" : "");

    // Heads are told only where they are what was counted: not under weights.
    private static string Count(ConsensusResponse run, double agreement)
    {
        var voters = run.Clusters is [var leader, ..] ? leader.Size : 0;
        int[] asked = run.Calls is { } calls ? [calls.Panel, calls.Started] : [];
        var of = asked.FirstOrDefault(asked => asked > 0 && Math.Abs(((double)voters / asked) - agreement) < 1e-6);
        return of == 0 ? "" : $" ({voters} of {of})";
    }

    private static string? Confidence(ConfidenceBody? confidence) => confidence switch
    {
        { Calibrated: { } calibrated } => $"{Words.Share(calibrated)} calibrated ({SafeText.Line(confidence.CalibrationVersion)})",
        { Raw: { } raw } => $"{Words.Share(raw)} raw ({SafeText.Line(confidence.Method)}), not calibrated",
        _ => null,
    };

    private static string? Stability(StabilityBody? stability) => stability is null ? null
        : $"{Words.Of(stability.Level)}: {Words.Stability(stability)}" + (Words.Flips(stability) is { } flips ? $" · {flips}" : "");

    private static string Effort(ConsensusResponse run) => string.Join(" · ", new[]
    {
        run.Timings is { } timings ? Words.Time(timings.TotalMs) : null,
        Words.Calls(run.Calls),
        Words.Tokens(run.Usage) ?? "tokens not known",
        Words.Cost(run.Usage?.CostUsd),
    }.OfType<string>());
}
