using System.Text.Json;
using Consensus.Core.Agreement;
using Consensus.Core.Numerics;
using Consensus.Core.Tests.Deciding;
using Consensus.Testing;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Agreement;

public class CoverageCorrectedTests
{
    // eng/oracles/entropy.py: the formula of Chao and Shen (2003) in decimal arithmetic of 50 digits.
    [Fact]
    public void IsWhatTheOracleComputes()
    {
        using var oracle = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/entropy.json"));
        Assert.All(oracle.RootElement.EnumerateArray(), entry =>
            Assert.Equal(entry.GetProperty("nats").GetDouble(), SemanticEntropy.CoverageCorrected([.. entry.GetProperty("counts").EnumerateArray().Select(c => c.GetInt32())]), 12));
    }

    [Fact]
    public void NoVoteAndOneVoteAreZero() => Assert.Equal((0, 0), (SemanticEntropy.CoverageCorrected([]), SemanticEntropy.CoverageCorrected([1])));

    [Fact]
    public void IsNearerToTheTruthThanThePlugInWhenAnswersAreManyAndVotesFew()
    {
        // Twenty equally likely answers, twelve votes: the truth is ln 20.
        var random = new SeededRandom(5);
        var (plugIn, corrected) = (0.0, 0.0);
        for (var run = 0; run < 500; run++)
        {
            var sizes = new int[20];
            for (var vote = 0; vote < 12; vote++)
            {
                sizes[random.Next(20)]++;
            }

            plugIn += SemanticEntropy.Of([.. sizes.Select(size => (double)size)], 12) * Math.Log(12) / 500;
            corrected += SemanticEntropy.CoverageCorrected(sizes) / 500;
        }

        Assert.True(Math.Abs(corrected - Math.Log(20)) < Math.Abs(plugIn - Math.Log(20)) / 3, $"{corrected} and {plugIn}");
    }

    [Property(Arbitrary = [typeof(Panels)])]
    public void IsNeverBelowThePlugInAndAbsentWithoutTwoVotes(Panel panel)
    {
        var decision = panel.Decide();
        var votes = panel.Says.Count(says => says is not null);
        Assert.Equal(votes < 2, decision.EntropyCorrected is null);
        Assert.True(decision.EntropyCorrected is not { } nats || nats >= (decision.Entropy * Math.Log(votes)) - 1e-12);
    }
}
