using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Core.Numerics;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Makes of an item of a suite the question that is decided.</summary>
internal static class SuiteQuestion
{
    /// <summary>The question; <see cref="AnswerSuite.Read"/> has checked the item.</summary>
    public static BenchmarkQuestion Of(SuiteItem item, ReplayOptions options) => new()
    {
        Id = item.Id,
        Category = item.Category,
        Gold = GoldOf(item)!,
        Input = InputOf(item, options),
        StopAt = options.Stop,
    };

    /// <summary>Everything that the decision of an item depends on: the one place where what is known of the models comes in.</summary>
    public static DecisionInput InputOf(SuiteItem item, ReplayOptions options) => new()
    {
        Candidates = [.. Order(item, options).Select(static response => new CandidateText(response.Model, response.Model, response.Text))],
        Form = options.DetectKind ? FormOf(item) with { Kind = AnswerKind.Auto } : FormOf(item),
        Strategy = options.Strategy,
        Category = item.Category,
        Fits = options.Fits,
        EarlyStop = options.Stop is null ? StrategyCalibration.NoEarlyStop : "adaptive",
    };

    /// <summary>The right answer; <c>null</c> where it cannot be read under the declared kind.</summary>
    public static GoldAnswer? GoldOf(SuiteItem item) => GoldAnswer.Read(item.Gold, FormOf(item));

    /// <summary>The form of answer that an item declares.</summary>
    public static AnswerForm FormOf(SuiteItem item) => new() { Kind = AnswerSuite.KindOf(item), Choices = item.Choices ?? [] };

    // Each question has an order of its own, which stays the same whatever else is in the suite.
    private static SuiteResponse[] Order(SuiteItem item, ReplayOptions options)
    {
        SuiteResponse[] responses = [.. item.Responses];
        if (options.Shuffle is null && PanelFits.Choose(options.Fits, responses.Select(static r => r.Model), AnswerSuite.KindOf(item)) is { } fit)
        {
            // The best model first, of those that are alike the first in the suite; a stranger last.
            return [.. responses.OrderByDescending(r => fit.ReliabilityOf(r.Model, item.Category) ?? 0)];
        }

        if (options.Shuffle is { } given)
        {
            new SeededRandom(given ^ BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(item.Id)))).Shuffle<SuiteResponse>(responses);
        }

        return responses;
    }
}
