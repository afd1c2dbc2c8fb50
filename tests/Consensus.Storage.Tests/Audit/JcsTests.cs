using System.Globalization;
using System.Text.Json;
using Consensus.Storage.Audit.Canonical;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Audit;

public sealed class JcsTests
{
    /// <summary>RFC 8785, appendix B, as the bits of the number and its text.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void NumbersAreWrittenAsTheRfcSays(string bits, string text) =>
        Assert.Equal(text, EcmaScriptNumber.Write(BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Fact]
    public void ANumberThatIsNotFiniteIsRefused() => Assert.All(
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity], static number => Assert.Throws<ArgumentException>(() => EcmaScriptNumber.Write(number)));

    [Property]
    public void AWrittenNumberReadsBackTheSame(double number)
    {
        if (double.IsFinite(number))
            Assert.Equal(number, double.Parse(EcmaScriptNumber.Write(number), CultureInfo.InvariantCulture));
    }

    /// <summary>RFC 8785, section 3.2.2.</summary>
    [Fact]
    public void TheExampleOfTheRfcComesOutAsItSays() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Jcs.TextOf(JsonElement.Parse("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """)));

    /// <summary>RFC 8785, section 3.2.3: by UTF-16 units, not by code points.</summary>
    [Fact]
    public void NamesAreSortedByTheirUtf16Units()
    {
        var text = Jcs.TextOf(JsonElement.Parse(
            "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"));

        Assert.Equal("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}", text);
    }

    [Fact]
    public void ANameThatStandsTwiceAndHalfAPairAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Jcs.TextOf(JsonElement.Parse("""{"a":1,"a":2}""")));
        Assert.ThrowsAny<ArgumentException>(() => Jcs.Bytes("\ud800"));
    }
}
