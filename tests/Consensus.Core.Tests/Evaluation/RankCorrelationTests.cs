using System.Text.Json;
using Consensus.Core.Evaluation;
using Consensus.Testing;

namespace Consensus.Core.Tests.Evaluation;

public class RankCorrelationTests
{
    // eng/oracles/spearman.py: scipy.stats.spearmanr.
    [Fact]
    public void IsWhatTheOracleComputes()
    {
        using var oracle = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/spearman.json"));
        Assert.All(oracle.RootElement.EnumerateArray(), entry =>
        {
            var (x, y) = (entry.GetProperty("x").Deserialize<double[]>()!, entry.GetProperty("y").Deserialize<double[]>()!);
            Assert.Equal(entry.GetProperty("rho").GetDouble(), RankCorrelation.Spearman([.. x.Zip(y)])!.Value, 12);
        });
    }

    [Fact]
    public void APerfectOrderIsOneWhateverItsShape()
    {
        Assert.Equal(1, RankCorrelation.Spearman([(1, 10), (2, 11), (3, 1000)])!.Value, 12);
        Assert.Equal(-1, RankCorrelation.Spearman([(1, 3), (2, 2), (30, 1)])!.Value, 12);
    }

    [Fact]
    public void WhatDoesNotVaryHasNoCorrelation()
    {
        Assert.Null(RankCorrelation.Spearman([(1, 1), (2, 2)]));
        Assert.Null(RankCorrelation.Spearman([(1, 5), (2, 5), (3, 5)]));
        Assert.Null(RankCorrelation.Spearman([(4, 1), (4, 2), (4, 3)]));
    }
}
