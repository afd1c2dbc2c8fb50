using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Suites;
using Consensus.Core.Claims;
using Consensus.Core.Evaluation;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>Measures how well claims that do not hold are found on a suite.</summary>
internal static class ClaimsBench
{
    /// <summary>From this signal on a claim counts as unsupported.</summary>
    public const double Threshold = 1 - HallucinationRate.UnsupportedUpTo;

    /// <summary>Scores every claim, and each response's rate.</summary>
    /// <param name="suite">The suite's name.</param>
    /// <param name="items">Its responses.</param>
    /// <param name="tell">Told how many of how many steps are done: a response scored, a response's rate, a replicate of the interval.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="InvalidDataException">Nothing can be measured on the suite; the message says why.</exception>
    public static ClaimsReport Measure(string suite, IReadOnlyList<ClaimsItem> items, Action<int, int> tell, CancellationToken cancellationToken)
    {
        var steps = new Steps((2 * items.Count) + GainByQuestion.StepCount, tell, cancellationToken);
        var weights = WordWeights.Of(items.SelectMany(static item => item.Others.Select(static other => other.Text).Append(item.Response)));
        ScoredResponse[] responses = [.. items.Select(item => Scored(item, weights, steps)).OfType<ScoredResponse>()];
        steps.Done(items.Count - responses.Length); // What is unscored has no rate.
        bool[] labels = [.. responses.SelectMany(static response => response.IsUnsupported)];
        double[] signal = [.. responses.SelectMany(static response => response.Signal)];
        double[] baseline = [.. responses.SelectMany(static response => response.Baseline)];
        var unsupported = labels.Count(static label => label);
        if (unsupported == 0 || unsupported == labels.Length)
        {
            throw new InvalidDataException(
                $"{suite}: a measure needs other responses, claims that hold and claims that do not; of {labels.Length} scored ones {unsupported} do not hold.");
        }

        var predicted = signal.Count(static value => value >= Threshold);
        var found = signal.Zip(labels).Count(static pair => pair.First >= Threshold && pair.Second);
        return new ClaimsReport
        {
            Suite = suite,
            Questions = responses.Select(static response => response.Item.QuestionId).Distinct(StringComparer.Ordinal).Count(),
            Responses = responses.Length,
            Claims = labels.Length,
            Unscored = items.Sum(static item => item.Claims.Count) - labels.Length,
            Unsupported = unsupported,
            Auroc = Round(Auroc.Of(signal, labels)!.Value),
            AurocIdf = Round(Auroc.Of(baseline, labels)!.Value),
            AurocLength = Round(Auroc.Of(Lengths(responses, static (response, _) => response.Item.Response.Length), labels)!.Value),
            AurocClaimLength = Round(Auroc.Of(Lengths(responses, static (response, claim) => response.Item.Claims[claim].Text.Length), labels)!.Value),
            Gain = GainByQuestion.Of(responses, steps),
            Threshold = Threshold,
            Precision = predicted == 0 ? null : Round((double)found / predicted),
            Recall = Round((double)found / unsupported),
            AveragePrecision = Round(PrecisionRecall.Average(signal, labels)!.Value),
            HallucinationRate = Rates(responses, weights, steps),
        };
    }

    private static ScoredResponse? Scored(ClaimsItem item, WordWeights weights, Steps steps)
    {
        var scored = ScoredResponse.Of(item, weights);
        steps.Done();
        return scored;
    }

    private static double[] Lengths(ScoredResponse[] responses, Func<ScoredResponse, int, int> length) =>
        [.. responses.SelectMany(response => Enumerable.Range(0, response.Signal.Length).Select(claim => (double)length(response, claim)))];

    private static HallucinationRates Rates(ScoredResponse[] responses, WordWeights weights, Steps steps)
    {
        var observed = Array.ConvertAll(responses, static response => Share(response.IsUnsupported, static label => label));
        var predicted = Array.ConvertAll(responses, static response => Share(response.Signal, static value => value >= Threshold));
        var lengths = Array.ConvertAll(responses, static response => (double)response.Item.Response.Length);
        var ofText = responses
            .Select(response =>
            {
                var rate = HallucinationRate.ByPanel(response.Item.Response, [.. response.Item.Others.Select(static other => other.Text)], weights);
                steps.Done();
                return rate;
            })
            .Zip(observed).Where(static pair => pair.First is not null).ToArray();
        return new HallucinationRates(
            Round(observed.Average()),
            Round(predicted.Average()),
            Correlation(observed, predicted),
            Correlation(observed, lengths),
            new RateOfText(ofText.Length, ofText.Length == 0 ? null : Round(ofText.Average(static pair => pair.First!.Value)),
                Correlation([.. ofText.Select(static pair => pair.Second)], [.. ofText.Select(static pair => pair.First!.Value)])));
    }

    private static double Share<T>(T[] values, Func<T, bool> counts) => (double)values.Count(counts) / values.Length;

    private static double? Correlation(double[] left, double[] right) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(left, right) is var r && double.IsFinite(r) ? Round(r) : null;

    private static double Round(double value) => Math.Round(value, 6);
}
