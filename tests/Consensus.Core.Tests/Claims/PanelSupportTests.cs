using Consensus.Core.Claims;
using Consensus.Core.Numerics;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Claims;

public sealed class PanelSupportTests
{
    private static readonly string[] Others =
    [
        "Canberra is the capital of Australia. It was founded in 1913.", "The capital of Australia is Canberra.",
        "Sydney is the largest city; the capital is Canberra, founded in 1913.",
    ];

    private static double[] Of(params string[] claims) => PanelSupport.Of(claims, Others, WordWeights.Equal)!;

    [Fact]
    public void WhatAllSayIsSupportedMostAndWhatNobodySaysLeast()
    {
        var support = Of("Canberra is the capital of Australia", "Canberra was founded in 1913", "Canberra has four cathedrals");
        Assert.True(support[0] > support[1]);
        Assert.True(support[1] > support[2]);
        Assert.All(support, static value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void AnotherNumberIsSupportedLess()
    {
        Assert.True(Of("Canberra was founded in 1913")[0] > 2 * Of("Canberra was founded in 1927")[0]);
    }

    [Fact]
    public void ADeniedClaimIsSupportedLess() => Assert.True(Of("Canberra is the capital of Australia")[0] > Of("Canberra is not the capital of Australia")[0]);

    [Fact]
    public void ARefusalTakesLittleFromTheSupport()
    {
        const string Claim = "Canberra is the capital of Australia";
        var without = PanelSupport.Of([Claim], Others, WordWeights.Equal)![0];
        var withRefusal = PanelSupport.Of([Claim], [.. Others, "I'm sorry, no comment."], WordWeights.Equal)![0];
        var withRival = PanelSupport.Of([Claim], [.. Others, "Sydney is the capital of Australia."], WordWeights.Equal)![0];
        Assert.InRange(withRefusal, 0.9 * without, without);
        Assert.True(withRival < withRefusal);
    }

    [Fact]
    public void AClaimAmongUnsupportedOnesIsSupportedLess()
    {
        const string Claim = "Canberra is the capital of Australia";
        Assert.True(Of(Claim, Claim, Claim)[1] > Of("Wombats rule there", Claim, "Beer flows uphill")[1]);
    }

    [Fact]
    public void MoreWordsCanBeWrongInMoreUpToThoseOfOneFact()
    {
        const string Text = "alpha bravo charlie delta echo foxtrot golf hotel india juliett";
        var (two, five, ten) = (Support("alpha bravo"), Support("alpha bravo charlie delta echo"), Support(Text));
        Assert.True(two > five);
        Assert.Equal(five, ten, 1e-12);

        static double Support(string claim) => PanelSupport.Of([claim], [Text, Text], WordWeights.Equal)![0];
    }

    [Fact]
    public void WithoutOthersNothingIsKnown() => Assert.Null(PanelSupport.Of(["Canberra is the capital"], [], WordWeights.Equal));

    [Fact]
    public void NoClaimsHaveNoSupport() => Assert.Empty(PanelSupport.Of([], Others, WordWeights.Equal)!);

    [Property]
    public bool TheOrderOfTheOthersDoesNotMatterToTheLastBit(ulong seed, string?[] more)
    {
        string[] others = [.. Others, .. (more ?? []).Select(static text => text ?? "")];
        string[] shuffled = [.. others];
        new SeededRandom(seed).Shuffle<string>(shuffled);
        string[] claims = ["Canberra was founded in 1913", "Sydney is larger", .. others.Take(5)];
        return PanelSupport.Of(claims, others, WordWeights.Of(others))!.SequenceEqual(PanelSupport.Of(claims, shuffled, WordWeights.Of(shuffled))!);
    }

    [Property]
    public bool AnyTextsGiveASupportAboveZeroAndAtMostOne(string?[]? claims, string?[]? others)
    {
        string[] texts = [.. (others ?? []).Select(static text => text ?? ""), "x"];
        return PanelSupport.Of([.. (claims ?? []).Select(static text => text ?? "")], texts, WordWeights.Of(texts))!.All(static value => value is > 0 and <= 1);
    }

    /// <summary>Texts on which careless scanning goes over the rest again at every character.</summary>
    [Theory]
    [InlineData(". \".")]
    [InlineData("[1")]
    [InlineData("; ")]
    [InlineData("& ;")]
    [InlineData("aaaa{0} ")]
    [InlineData("not high{0} ")]
    [InlineData("Ann is {0}. ")]
    public void LongHostileTextsAreWorkedThrough(string part)
    {
        var text = string.Concat(Enumerable.Range(0, 5_000)
            .Select(i => part.Replace("{0}", $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676))}", StringComparison.Ordinal)));
        string[] claims = [.. ClaimSplitter.Split(text).Take(20).Select(static claim => claim.Text)];
        Assert.All(PanelSupport.Of(claims, [text, text], WordWeights.Of([text]))!, static value => Assert.InRange(value, 0, 1));
    }
}
