using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Text;

namespace Consensus.Dashboard.Components.Verdicts;

/// <summary>One figure of a verdict with what must be known to read it.</summary>
internal sealed record VerdictFact(string Name, string Value, string Note)
{
    public static IEnumerable<VerdictFact> Of(ConsensusResponse run) =>
        new[] { Agreement(run), Confidence(run.Confidence), Stability(run.Stability), Effort(run) }.OfType<VerdictFact>();

    private static VerdictFact? Agreement(ConsensusResponse run) => run.Agreement is not { } agreement ? null : new(
        "Agreement",
        (run.AgreementIsLowerBound ? "≥ " : "") + Words.Share(agreement),
        string.Join(" · ", new[]
        {
            run.AgreementIsLowerBound ? "at least: calls were stopped early" : "of all asked",
            run.Margin is { } margin ? $"margin {Words.Share(margin)}" : null,
            run.Entropy is { } entropy ? $"entropy {entropy:0.##}" : null,
        }.OfType<string>()));

    private static VerdictFact? Confidence(ConfidenceBody? confidence) => confidence switch
    {
        { Calibrated: { } calibrated } => new("Confidence", Words.Share(calibrated), $"calibrated by {VisibleText.Line(confidence.CalibrationVersion, 40)}"),
        { Raw: { } raw } => new("Confidence", Words.Share(raw), $"raw, not calibrated · {VisibleText.Line(confidence.Method, 60).Replace('_', ' ')}"),
        _ => null,
    };

    private static VerdictFact? Stability(StabilityBody? stability) => stability is null ? null : new(
        "Stability",
        Words.Capital(Words.Of(stability.Level)),
        Words.Stability(stability) + (Words.Flips(stability) is { } flips ? $" · {flips}" : ""));

    private static VerdictFact? Effort(ConsensusResponse run) => run.Timings is not { } timings ? null : new(
        "Time and cost",
        Words.Time(timings.TotalMs),
        string.Join(" · ", new[]
        {
            Words.Cost(run.Usage?.CostUsd),
            Words.Tokens(run.Usage),
            Words.Calls(run.Calls),
        }.OfType<string>()));
}
