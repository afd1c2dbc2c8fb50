using System.Text.Json.Nodes;
using Consensus.Contracts.Errors;
using Consensus.Storage.Fitting;

namespace Consensus.Storage.Tests.Fitting;

public class FittedRefusalTests
{
    public static TheoryData<string, string, string, string> Wrong => new()
    {
        // path, JSON to put there ("" takes the member away), the field that is named, its code
        { "schemaVersion", "0", "schemaVersion", FieldCodes.InvalidValue.Code },
        { "schemaVersion", "2", "schemaVersion", FieldCodes.InvalidValue.Code },
        { "schemaVersion", "", "schemaVersion", FieldCodes.Required.Code },
        { "version", "\"0123456789abcdef\"", "version", FieldCodes.HashMismatch.Code },
        { "fittedAt", "\"2026-03-01T12:30:01Z\"", "version", FieldCodes.HashMismatch.Code },
        { "fittedAt", "\"2026-03-01T12:30:00+02:00\"", "fittedAt", FieldCodes.InvalidType.Code },
        { "fittedAt", "\"2026-03-01T12:30:00\"", "fittedAt", FieldCodes.InvalidType.Code },
        { "fittedAt", "7", "fittedAt", FieldCodes.InvalidType.Code },
        { "surprise", "1", "surprise", FieldCodes.UnknownMember.Code },
        { "panels", "{}", "panels", FieldCodes.InvalidType.Code },
        { "panels/0", "null", "panels[0]", FieldCodes.InvalidType.Code },
        { "panels/0/learned", "", "panels[0].learned", FieldCodes.Required.Code },
        { "panels/0/surprise", "1", "panels[0].surprise", FieldCodes.UnknownMember.Code },
        { "panels/0/models", "[]", "panels[0].models", FieldCodes.TooFew.Code },
        { "panels/0/models", "[\"b\",\"a\",\"c\"]", "panels[0].models[1]", FieldCodes.InvalidValue.Code },
        { "panels/0/models", "[\"a\",\"a\",\"b\",\"c\"]", "panels[0].models[1]", FieldCodes.InvalidValue.Code },
        { "panels/0/models", "[\"a\",\"b\\u0007\",\"c\"]", "panels[0].models[1]", FieldCodes.ControlCharacters.Code },
        { "panels/0/models", "[\"a\",\"b\"]", "panels[0].reliability", FieldCodes.InvalidValue.Code },
        { "panels/0/kind", "\"auto\"", "panels[0].kind", FieldCodes.InvalidValue.Code },
        { "panels/0/kind", "\"Number\"", "panels[0].kind", FieldCodes.InvalidValue.Code },
        { "panels/0/kind", "\"number\"", "panels[1]", FieldCodes.Duplicate.Code },
        { "panels/0/dataSha256", "\"abc\"", "panels[0].dataSha256", FieldCodes.InvalidValue.Code },
        { "panels/0/questions", "1.5", "panels[0].questions", FieldCodes.InvalidType.Code },
        { "panels/0/questions", "49", "panels[0].learned", FieldCodes.Contradiction.Code },
        { "panels/0/questions", "0", "panels[0].questions", FieldCodes.OutOfRange.Code },
        { "panels/0/questions", "100", "panels[0].calibrations[1].questions", FieldCodes.OutOfRange.Code },
        { "panels/0/effectiveAlternatives/value", "2", "panels[0].effectiveAlternatives.value", FieldCodes.OutOfRange.Code },
        { "panels/0/effectiveAlternatives/value", "1e999", "panels[0].effectiveAlternatives.value", FieldCodes.OutOfRange.Code },
        { "panels/0/effectiveAlternatives/value", "\"NaN\"", "panels[0].effectiveAlternatives.value", FieldCodes.InvalidType.Code },
        { "panels/0/effectiveAlternatives/same", "99999", "panels[0].effectiveAlternatives.same", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a/value", "1", "panels[0].reliability[\"a\"].value", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a/high", "0.001", "panels[0].reliability[\"a\"].high", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a/right", "121", "panels[0].reliability[\"a\"].right", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a/asked", "121", "panels[0].reliability[\"a\"].asked", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a/byCategory/law", "0", "panels[0].reliability[\"a\"].byCategory[\"law\"]", FieldCodes.OutOfRange.Code },
        { "panels/0/reliability/a", "", "panels[0].reliability", FieldCodes.InvalidValue.Code },
        { "panels/0/learned/outside", "101", "panels[0].learned.outside", FieldCodes.OutOfRange.Code },
        { "panels/0/learned/reason", "\"\"", "panels[0].learned.reason", FieldCodes.Required.Code },
        { "panels/0/learned/accuracy", "1.01", "panels[0].learned.accuracy", FieldCodes.OutOfRange.Code },
        { "panels/0/learned/gain", "{\"value\":0,\"low\":0.1,\"high\":-0.1}", "panels[0].learned.gain.high", FieldCodes.OutOfRange.Code },
        { "panels/0/learned/usesCategories", "false", "panels[0].learned.categories", FieldCodes.Contradiction.Code },
        { "panels/0/learned/usesLengths", "false", "panels[0].learned.models[\"a\"]", FieldCodes.Contradiction.Code },
        { "panels/0/learned/models/b", "", "panels[0].learned.models", FieldCodes.InvalidValue.Code },
        { "panels/0/learned/models/a/weight", "-1000", "panels[0].learned.models[\"a\"].weight", FieldCodes.OutOfRange.Code },
        { "panels/0/learned/models/a/lengthCuts", "[1,3,2]", "panels[0].learned.models[\"a\"].lengthCuts[2]", FieldCodes.OutOfRange.Code },
        { "panels/0/learned/models/a/lengthWeights", "[1,2,3]", "panels[0].learned.models[\"a\"].lengthWeights", FieldCodes.TooFew.Code },
        { "panels/0/learned/categories/law/weights/c", "", "panels[0].learned.categories[\"law\"].weights", FieldCodes.InvalidValue.Code },
        { "panels/0/calibrations/1/strategy", "\"oracle\"", "panels[0].calibrations[1].strategy", FieldCodes.UnknownStrategy.Code },
        { "panels/0/calibrations/1/earlyStop", "\"sometimes\"", "panels[0].calibrations[1].earlyStop", FieldCodes.InvalidValue.Code },
        { "panels/0/calibrations/1/earlyStop", "\"adaptive\"", "panels[0].calibrations[1]", FieldCodes.Duplicate.Code },
        { "panels/0/calibrations/1/method", "\"magic\"", "panels[0].calibrations[1].method", FieldCodes.InvalidValue.Code },
        { "panels/0/calibrations/1/method", "\"platt\"", "panels[0].calibrations[1]", FieldCodes.Contradiction.Code },
        { "panels/0/calibrations/1/temperature", "1", "panels[0].calibrations[1]", FieldCodes.Contradiction.Code },
        { "panels/0/calibrations/1/x", "[0.25,0.25,0.9]", "panels[0].calibrations[1].x[1]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/1/y", "[0.3,0.2,0.8]", "panels[0].calibrations[1].y[1]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/1/y", "[0.3,0.3,1.8]", "panels[0].calibrations[1]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/1/y", "[0.3,0.3]", "panels[0].calibrations[1]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/2/slope", "-1", "panels[0].calibrations[2]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/0/temperature", "0", "panels[0].calibrations[0]", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/0/questions", "99", "panels[0].calibrations[0].questions", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/0/brier", "-0.1", "panels[0].calibrations[0].brier", FieldCodes.OutOfRange.Code },
        { "panels/0/calibrations/0/auroc", "2", "panels[0].calibrations[0].auroc", FieldCodes.OutOfRange.Code },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongMemberIsNamedAndTheDocumentRefused(string path, string json, string field, string code)
    {
        var reading = FittedReader.Read(FittedExamples.Changed(document => Put(document, path, json)));
        Assert.Null(reading.State);
        Assert.Contains((field, code), reading.Errors.Select(e => (e.Field, e.Code)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"panels\":[NaN]}")]
    [InlineData("no JSON")]
    public void WhatIsNotJsonIsMalformed(string text) =>
        Assert.Equal(ErrorCatalog.MalformedJson.Code, Assert.Single(FittedReader.Read(text).Errors).Code);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    public void WhatIsNoObjectIsOfTheWrongType(string text) =>
        Assert.Equal(FieldCodes.InvalidType.Code, Assert.Single(FittedReader.Read(text).Errors).Code);

    [Fact]
    public void BrokenUnicodeIsRefused() => Assert.Contains(
        ("panels[0].dataSha256", FieldCodes.ControlCharacters.Code),
        FittedReader.Read(FittedExamples.Changed(document => Put(document, "panels/0/dataSha256", "\"HALF\""))
            .Replace("HALF", "\\ud800", StringComparison.Ordinal)).Errors.Select(e => (e.Field, e.Code)));

    [Fact]
    public void AMemberTwiceIsRefused() =>
        Assert.Contains(FieldCodes.DuplicateMember.Code, FittedReader.Read(FittedExamples.Text.Insert(1, "\"version\":\"x\",")).Errors.Select(e => e.Code));

    [Fact]
    public void EveryViolationIsNamedAtOnce()
    {
        var reading = FittedReader.Read(FittedExamples.Changed(document =>
        {
            Put(document, "panels/0/reliability/a/value", "2");
            Put(document, "panels/1/calibrations/1/strategy", "\"oracle\"");
            Put(document, "panels/1/learned/outside", "-1e6");
        }));
        Assert.Equal(
            ["panels[0].reliability[\"a\"].value", "panels[1].learned.outside", "panels[1].calibrations[1].strategy", "version"],
            reading.Errors.Select(e => e.Field));
        Assert.Equal(4, reading.Count);
    }

    [Fact]
    public void AtMostAHundredViolationsAreListedAndAllAreCounted()
    {
        var reading = FittedReader.Read(FittedExamples.Changed(document =>
            document["panels"] = new JsonArray([.. Enumerable.Range(0, 250).Select(static _ => JsonValue.Create(1))])));
        Assert.Equal((100, 250), (reading.Errors.Count, reading.Count));
    }

    private static void Put(JsonObject document, string path, string json)
    {
        var steps = path.Split('/');
        JsonNode at = document;
        foreach (var step in steps[..^1])
        {
            at = at is JsonArray list ? list[int.Parse(step)]! : at[step]!;
        }

        if (json.Length == 0)
        {
            Assert.True(at.AsObject().Remove(steps[^1]));
        }
        else if (at is JsonArray list)
        {
            list[int.Parse(steps[^1])] = JsonNode.Parse(json);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(json);
        }
    }
}
