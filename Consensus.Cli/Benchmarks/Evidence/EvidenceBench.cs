using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Suites;
using Consensus.Core.Evaluation;
using Consensus.Core.Evidence.Matching;

namespace Consensus.Cli.Benchmarks.Evidence;

/// <summary>Measures how well the words tell what passages say of claims.</summary>
internal static class EvidenceBench
{
    private static readonly string[] OfWords = ["number", "negation"];

    /// <summary>Labels every claim and compares.</summary>
    /// <param name="suite">The suite's name.</param>
    /// <param name="items">Its rows.</param>
    /// <param name="hasHalves">Whether it is measured in halves.</param>
    /// <param name="tell">Told how many of how many rows are done.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static EvidenceReport Measure(string suite, IReadOnlyList<EvidenceItem> items, bool hasHalves, Action<int, int> tell, CancellationToken cancellationToken)
    {
        var steps = new Steps(items.Count, tell, cancellationToken);
        List<LabelledPair> pairs = [];
        foreach (var item in items)
        {
            pairs.AddRange(LabelledPair.Of(item, hasHalves));
            steps.Done();
        }

        return new EvidenceReport
        {
            Suite = suite,
            Matcher = EvidenceMatcher.Version,
            Items = items.Count,
            Passages = items.Sum(static item => item.Passages.Count),
            Parts = [.. pairs.GroupBy(static pair => pair.Part).OrderByDescending(static part => part.Key, StringComparer.Ordinal).Select(static part => Part(part.Key, [.. part]))],
        };
    }

    private static EvidencePart Part(string name, LabelledPair[] pairs)
    {
        LabelFigures[] labels = [.. ClaimLabels.All.Where(label => pairs.Any(pair => pair.Claim.Label == label)).Select(label => Figures(label, pairs))];
        bool[] unsupported = Array.ConvertAll(pairs, static pair => pair.Claim.Label != ClaimLabels.Supported);
        return new EvidencePart
        {
            Name = name,
            Claims = pairs.Length,
            Accuracy = Round((double)pairs.Count(static pair => pair.IsRight) / pairs.Length),
            Majority = Round((double)labels.Max(static label => label.Claims) / pairs.Length),
            MacroF1 = Round(labels.Average(static label => label.F1)),
            ContradictionRecall = Share(pairs, static pair => pair.Claim.Label == ClaimLabels.Contradicted && OfWords.Contains(pair.Claim.Change), ClaimLabels.Contradicted),
            EntityRecall = Share(pairs, static pair => pair.Claim is { Label: ClaimLabels.Contradicted, Change: "entity" }, ClaimLabels.Contradicted),
            ParaphraseRecall = Share(pairs, static pair => pair.Claim is { Label: ClaimLabels.Supported, Change: "paraphrase" }, ClaimLabels.Supported),
            SupportedContradicted = Share(pairs, static pair => pair.Claim.Label == ClaimLabels.Supported, ClaimLabels.Contradicted),
            AurocCoverage = Round(Auroc.Of(Array.ConvertAll(pairs, static pair => 1 - pair.Coverage), unsupported)),
            AurocLength = Round(Auroc.Of(Array.ConvertAll(pairs, static pair => (double)pair.Claim.Text.Length), unsupported)),
            Labels = labels,
            Changes =
            [
                .. pairs.GroupBy(static pair => (Change: pair.Claim.Change ?? "unknown", pair.Claim.Label)).OrderBy(static group => group.Key.Label, StringComparer.Ordinal)
                    .ThenBy(static group => group.Key.Change, StringComparer.Ordinal)
                    .Select(static group => new ChangeFigures(
                        group.Key.Change, group.Key.Label, group.Count(), Said(group, ClaimLabels.Supported), Said(group, ClaimLabels.Contradicted), Said(group, ClaimLabels.NotEnough))),
            ],
        };
    }

    private static LabelFigures Figures(string label, LabelledPair[] pairs)
    {
        var have = pairs.Count(pair => pair.Claim.Label == label);
        var given = label == ClaimLabels.Unsupported ? pairs.Count(static pair => pair.Said != ClaimLabels.Supported) : Said(pairs, label);
        var right = pairs.Count(pair => pair.Claim.Label == label && pair.IsRight);
        return new LabelFigures(label, have, given == 0 ? null : Round((double)right / given), Round((double)right / have), Round(2.0 * right / (have + given)));
    }

    private static int Said(IEnumerable<LabelledPair> pairs, string label) => pairs.Count(pair => pair.Said == label);

    private static double? Share(LabelledPair[] pairs, Func<LabelledPair, bool> counts, string said)
    {
        LabelledPair[] counted = [.. pairs.Where(counts)];
        return counted.Length == 0 ? null : Round((double)Said(counted, said) / counted.Length);
    }

    private static double Round(double value) => Math.Round(value, 6);

    private static double? Round(double? value) => value is { } known ? Round(known) : null;
}
