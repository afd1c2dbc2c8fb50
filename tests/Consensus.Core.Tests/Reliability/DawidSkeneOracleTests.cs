using System.Text.Json;
using Consensus.Core.Reliability;
using Consensus.Testing;

namespace Consensus.Core.Tests.Reliability;

/// <summary>Against fits by an independent implementation in Python and NumPy, written from the paper: eng/oracles/dawid_skene.py.</summary>
public class DawidSkeneOracleTests
{
    private const double Near = 1e-6;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Case[] All = JsonSerializer.Deserialize<Case[]>(Repository.Read("tests/Consensus.Core.Tests/Oracles/dawid-skene.json"), Json)!;

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithTheIndependentFit(string name)
    {
        var given = All.Single(c => c.Name == name);
        var fit = given.Refit();
        Assert.Equal((given.Fit.Iterations, given.Fit.Converged, given.Gold.All(g => g is null)), (fit.Iterations, fit.Converged, fit.Unsupervised));
        Assert.Equal(given.Fit.LogLikelihood, fit.LogLikelihood, Near);
        Equal(given.Fit.Prior, fit.Prior);
        Assert.Equal(given.Fit.Posteriors.Length, fit.Posteriors.Count);
        Assert.All(fit.Posteriors, (row, item) => Equal(given.Fit.Posteriors[item], row));
        Equal(given.Fit.Reliabilities, (fit as OneCoinFit)?.Reliabilities);
        Equal(given.Fit.Confusion?.SelectMany(m => m.SelectMany(r => r)), (fit as ConfusionFit)?.Confusion.SelectMany(m => m.SelectMany(r => r)));
    }

    [Fact]
    public void FindsThePublishedErrorRatesOfTheAnaesthetists()
    {
        // Dawid and Skene (1979): the marginal probabilities, observer 1's error rates and the first patients' classes, to the two places that are printed.
        var fit = (ConfusionFit)All.Single(c => c.Name == "ratings").Refit();
        Assert.Equal([0.40, 0.42, 0.11, 0.07], fit.Prior!.Select(p => Math.Round(p, 2)));
        Assert.Equal(
            [0.89, 0.11, 0, 0, 0.07, 0.88, 0.05, 0, 0, 0.34, 0.66, 0, 0, 0, 0.56, 0.44],
            fit.Confusion[0].SelectMany(row => row).Select(p => Math.Round(p, 2)));
        Assert.Equal([0, 3, 1, 1, 1, 1], fit.Posteriors.Take(6).Select(row => row.ToList().FindIndex(p => p > 0.99)));
    }

    private static void Equal(IEnumerable<double>? expected, IEnumerable<double>? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected?.Count(), actual?.Count());
        foreach (var (e, a) in (expected ?? []).Zip(actual ?? []))
        {
            Assert.Equal(e, a, Near);
        }
    }

    private sealed record Case(
        string Name, string Model, int[][] Votes, int Workers, int[] Labels, double[] Alternatives, int?[] Gold, double Smoothing, double Tolerance, int Cap, bool EstimatePrior, Expected Fit)
    {
        public DawidSkeneFit Refit()
        {
            var votes = Votes.Select(v => new DawidSkeneVote(v[0], v[1], v[2])).ToArray();
            var options = new DawidSkeneOptions { Tolerance = Tolerance, MaxIterations = Cap, Smoothing = Smoothing, EstimatePrior = Model == "oneCoin" && EstimatePrior };
            return Model == "oneCoin"
                ? DawidSkene.OneCoin(votes, [.. Labels.Select((labels, i) => new DawidSkeneItem(labels, Alternatives[i], Gold[i]))], Workers, options)
                : DawidSkene.Confusion(votes, Gold, Workers, Labels[0], options);
        }
    }

    private sealed record Expected(
        double[]? Reliabilities, double[]? Prior, double[][][]? Confusion, double[][] Posteriors, double LogLikelihood, int Iterations, bool Converged);
}
