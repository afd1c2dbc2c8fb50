using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.Core.Answers;
using Consensus.Core.Calibration;
using Consensus.Core.Fitting;
using Consensus.Storage.Fitting;

namespace Consensus.Storage.Tests.Fitting;

public class FittedRoundTripTests
{
    [Fact]
    public void WhatWasWrittenIsReadBackNumberByNumber()
    {
        var panel = FittedExamples.Panel();
        var state = Read(FittedWriter.Write([panel], FittedExamples.FittedAt));
        var fit = Assert.Single(state.Panels).Fit;
        Assert.Equal(panel.DataSha256, state.Panels[0].DataSha256);
        Assert.Equal(FittedExamples.FittedAt, state.FittedAt);
        Assert.Equal(panel.Fit.Models, fit.Models);
        Assert.Equal((panel.Fit.Kind, panel.Fit.Questions, panel.Fit.EffectiveAlternatives), (fit.Kind, fit.Questions, fit.EffectiveAlternatives));
        Assert.Equivalent(panel.Fit.Reliability, fit.Reliability, strict: true);
        Assert.Equal((panel.Fit.Learned!.Shape, panel.Fit.Learned.Guard), (fit.Learned!.Shape, fit.Learned.Guard));
        foreach (var question in FittedExamples.Questions(40))
        {
            Assert.Equal(panel.Fit.Learned.Weights.Posterior(question.Panel), fit.Learned.Weights.Posterior(question.Panel));
        }

        foreach (var calibration in panel.Fit.Calibrations)
        {
            Assert.Equal(calibration, fit.CalibrationOf(calibration.Strategy, calibration.EarlyStop));
        }
    }

    [Fact]
    public void TheOrderOfPanelsChangesNeitherBytesNorVersion()
    {
        FittedPanel[] panels = [FittedExamples.Panel(), FittedExamples.Panel(AnswerKind.Number)];
        Assert.Equal(FittedWriter.Write(panels, FittedExamples.FittedAt), FittedWriter.Write(panels.Reverse(), FittedExamples.FittedAt));
    }

    [Fact]
    public void TheOffsetOfTheTimeChangesNothing() =>
        Assert.Equal(
            FittedWriter.Write([FittedExamples.Panel()], FittedExamples.FittedAt),
            FittedWriter.Write([FittedExamples.Panel()], FittedExamples.FittedAt.ToOffset(TimeSpan.FromHours(2))));

    [Fact]
    public void TheVersionIsTheHashOfTheSortedDocumentWithoutIt()
    {
        var document = JsonNode.Parse(FittedExamples.Text)!.AsObject();
        var version = (string)document["version"]!;
        document.Remove("version");
        // The writer's file is sorted already; without white space it is what was hashed. Plain ASCII here, so escapes play no part.
        var text = document.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(hash[..16], version);
    }

    [Fact]
    public void MembersStandInOrdinalOrderEverywhere() => AssertSorted(JsonNode.Parse(FittedExamples.Text)!);

    [Fact]
    public void AnotherOrderOfMembersAndOtherWhiteSpaceAreTheSameDocument()
    {
        var document = JsonNode.Parse(FittedExamples.Text)!.AsObject();
        var turned = new JsonObject(document.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        Assert.Equal((string)document["version"]!, Read(turned.ToJsonString()).Version);
    }

    [Fact]
    public void EveryChangeOfContentChangesTheVersion()
    {
        var (one, other) = (FittedExamples.Panel(), FittedExamples.Panel(questions: 121));
        string[] versions =
        [
            Version([one], FittedExamples.FittedAt), Version([other], FittedExamples.FittedAt), Version([], FittedExamples.FittedAt),
            Version([one], FittedExamples.FittedAt.AddTicks(1)), Version([one with { DataSha256 = new string('b', 64) }], FittedExamples.FittedAt),
        ];
        Assert.Equal(versions.Length, versions.Distinct().Count());
    }

    [Fact]
    public void APanelIsFoundByItsModelsInAnyOrderAndItsKindAlone()
    {
        var state = Read(FittedWriter.Write([FittedExamples.Panel()], FittedExamples.FittedAt));
        Assert.NotNull(state.Find(["c", "a", "b", "a"], AnswerKind.Choice));
        Assert.Null(state.Find(["a", "b", "c"], AnswerKind.Number));
        Assert.Null(state.Find(["a", "b"], AnswerKind.Choice));
        Assert.Null(state.Find(["a", "b", "c", "d"], AnswerKind.Choice));
        Assert.Null(state.Find(["a\nb", "c"], AnswerKind.Choice));
    }

    [Fact]
    public void WhatWouldBeRefusedIsNotWritten()
    {
        var panel = FittedExamples.Panel();
        var thin = new StrategyCalibration("majority", "off", new TemperatureMap(1), 99, 0, 0, 0, null);
        var small = panel with { Fit = panel.Fit with { Calibrations = [thin] } };
        var refused = Assert.Throws<ArgumentException>(() => FittedWriter.Write([small], FittedExamples.FittedAt));
        Assert.Contains("calibrations[0].questions", refused.Message, StringComparison.Ordinal);
    }

    private static string Version(IEnumerable<FittedPanel> panels, DateTimeOffset at) => Read(FittedWriter.Write(panels, at)).Version;

    private static FittedState Read(string text)
    {
        var reading = FittedReader.Read(text);
        Assert.Empty(reading.Errors);
        return reading.State!;
    }

    private static void AssertSorted(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            Assert.Equal(members.Select(m => m.Key).Order(StringComparer.Ordinal), members.Select(m => m.Key));
        }

        foreach (var inner in node is JsonObject inside ? inside.Select(m => m.Value) : node is JsonArray items ? items : [])
        {
            AssertSorted(inner);
        }
    }
}
