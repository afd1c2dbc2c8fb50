using System.Text.Json;
using Consensus.Storage.Privacy;

namespace Consensus.Storage.Tests.Privacy;

public sealed class JsonRedactionTests
{
    [Theory]
    [InlineData("""{"a":[1,"x secret y",null,true]}""", """{"a":[1,"x [*] y",null,true]}""")]
    [InlineData("""{"secret":{"secret":"secret"}}""", """{"[*]":{"[*]":"[*]"}}""")]
    [InlineData("""{"secret":1,"the secret":2,"[*]":3}""", """{"[*]":1,"the [*]":2,"[*]":3}""")]
    [InlineData("\"s\\u0065cret\"", "\"[*]\"")]
    [InlineData("4111", "\"[*]\"")]
    [InlineData("[4111,4112]", "[\"[*]\",4112]")]
    [InlineData("""["secret \ud800",{"secret \udc00":1}]""", "[\"[*] \uFFFD\",{\"[*] \uFFFD\":1}]")]
    [InlineData("""["\u0073ecret \ud800\n\"\\\/\b\f\r\t😀 \ud83d\ude00",{"\u0073\u0065cret \uDC00":1}]""", "[\"[*] \uFFFD\\n\\\"\\\\/\\b\\f\\r\\t\\uD83D\\uDE00 \\uD83D\\uDE00\",{\"[*] \uFFFD\":1}]")]
    public void TextsNamesAndNumbersAreRedactedWhereverTheyStand(string json, string expected) =>
        Assert.Equal(expected, JsonRedaction.Redact(JsonElement.Parse(json), Redact).GetRawText());

    [Fact]
    public void NumbersThatAreMeasuresStayNumbers() => Assert.Equal(
        """{"[*]":4111,"b":["[*]",4111]}""",
        JsonRedaction.Redact(JsonElement.Parse("""{"secret":4111,"b":["4111",4111]}"""), Redact, keepNumbers: true).GetRawText());

    [Fact]
    public void NamesThatRedactToTheSameMarkerStayApart() => Assert.Equal(
        """{"[*]":1,"[*] (2)":2,"[*] (3)":3}""",
        JsonRedaction.Redact(JsonElement.Parse("""{"secret":1,"SECRET":2,"Secret":3}"""), Redact).GetRawText());

    [Theory]
    [InlineData("""{ "a" : 1.250e3 , "b":"é\u00e9 \/" }""")]
    [InlineData("null")]
    [InlineData("-0.0")]
    [InlineData("""{"\ud800":"half a character \udc00"}""")]
    public void WhatHoldsNothingToRedactIsLeftToTheByte(string json) =>
        Assert.Equal(json, JsonRedaction.Redact(JsonElement.Parse(json), Redact).GetRawText());

    private static string Redact(string text) =>
        text == "4111" ? "[*]" : text.Replace("secret", "[*]", StringComparison.OrdinalIgnoreCase);
}
