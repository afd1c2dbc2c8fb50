using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Tests.Json;

public sealed class WireNameTests
{
    [Fact]
    public void A_member_has_the_word_that_stands_in_json_and_the_word_leads_back()
    {
        Check<Outcome>();
        Check<RunKind>();
        Check<RunStatus>();
        Check<CandidateStatus>();
        Check<FailureReason>();
        Check<AnswerKindName>();
        Check<EarlyStop>();
        Check<StabilityLevel>();
    }

    [Theory]
    [InlineData("NoConsensus")]
    [InlineData("No_Consensus")]
    [InlineData("1")]
    [InlineData("")]
    public void A_word_is_compared_exactly(string word)
    {
        Assert.Null(WireName.Find<Outcome>(word));
        Assert.Throws<FormatException>(() => WireName.Parse<Outcome>(word));
    }

    [Fact]
    public void Nothing_has_no_word()
    {
        Assert.Null(WireName.Of((Outcome?)null));
        Assert.Null(WireName.ParseOrNull<Outcome>(null));
        Assert.Equal("no_consensus", WireName.Of((Outcome?)Outcome.NoConsensus));
    }

    private static void Check<T>()
        where T : struct, Enum
    {
        Assert.Equal(Enum.GetValues<T>().Length, WireName.All<T>().Count);
        foreach (var value in Enum.GetValues<T>())
        {
            Assert.Equal(JsonSerializer.Serialize(value), $"\"{WireName.Of(value)}\"");
            Assert.Equal(value, WireName.Find<T>(WireName.Of(value)));
            Assert.Equal(value, WireName.Parse<T>(WireName.Of(value)));
        }
    }
}
