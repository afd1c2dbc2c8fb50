using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Core.Judging;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>The file of fitted weights.</summary>
internal static class FittedFile
{
    private const ulong Seed = 0;

    /// <summary>Fits every strategy on the whole suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="tell">Told how many of how many strategies are fitted.</param>
    /// <param name="cancellationToken">Stops between two strategies.</param>
    public static FittedJudges Fit(JudgesSuite suite, Action<int, int> tell, CancellationToken cancellationToken)
    {
        var steps = new Steps(suite.Strategies.Count, tell, cancellationToken);
        return new FittedJudges
        {
            Version = FittedJudges.CurrentVersion, Suite = suite.Name, Sha256 = suite.Sha256, Strategies = [.. suite.Strategies.Select(strategy => Fit(strategy, steps))],
        };
    }

    /// <exception cref="InvalidDataException">The file holds no fitted weights, or those of another version; the message says so.</exception>
    public static FittedJudges Read(string path)
    {
        FittedJudges fitted;
        try
        {
            fitted = JsonSerializer.Deserialize(File.ReadAllText(path), ConsensusJson.Default.FittedJudges) ?? throw new JsonException("an object, not null, is expected.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} holds no fitted weights of judges: {e.Message}", e);
        }

        if (fitted.Version != FittedJudges.CurrentVersion)
        {
            throw new InvalidDataException($"{path} is of version {fitted.Version}; {FittedJudges.CurrentVersion} is known.");
        }

        foreach (var strategy in fitted.Strategies ?? [])
        {
            if (strategy?.Judges is not { } judges || judges.Any(judge => judge?.Judge is null) || !judges.Any(judge => judge.Judge == strategy.Best)
                || judges.DistinctBy(judge => judge.Judge, StringComparer.Ordinal).Count() < judges.Count)
            {
                throw new InvalidDataException($"{path}, {strategy?.Strategy}: each judge has one weight, the best judge among them.");
            }
        }

        if (fitted.Strategies is null || fitted.Strategies.DistinctBy(strategy => strategy.Strategy, StringComparer.Ordinal).Count() < fitted.Strategies.Count)
        {
            throw new InvalidDataException($"{path}: each prompt strategy has its weights once.");
        }

        return fitted;
    }

    private static FittedStrategy Fit(StrategyPanel panel, Steps steps)
    {
        var fit = AnchoredPanel.Fit(panel.Pairs, Seed);
        steps.Done();
        return new FittedStrategy
        {
            Strategy = panel.Strategy, Pairs = panel.Pairs.Count, Best = panel.Judges[fit.Best], FellBack = fit.FellBack,
            CrossValidatedGain = Figure.Round(fit.Gain), Regularisation = fit.Regularisation,
            Judges = [.. panel.Judges.Zip(fit.Weights, (judge, weight) => new JudgeWeight { Judge = judge, Weight = Figure.Round(weight) })],
        };
    }
}
