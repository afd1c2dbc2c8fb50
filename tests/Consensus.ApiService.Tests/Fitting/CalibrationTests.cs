using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Tests.Fitting;

public sealed class CalibrationTests
{
    private static readonly FittedState Fitted = FittedDocuments.Of();
    private static readonly FittedState Other = FittedDocuments.Of(questions: 150);

    [Theory]
    [InlineData("/v1/calibration")]
    [InlineData("/v1/reliability")]
    public async Task WithoutADocumentThereIsNothingToShow(string path)
    {
        await using var app = await ApiApp.StartAsync();
        await (await app.Http.GetAsync(path)).ProblemAsync(ErrorCatalog.NotFitted);
        Assert.Equal((null, null), Calibration(await DecideAsync(app, "7", "7", "8")));
    }

    [Fact]
    public async Task ADocumentThatIsPutIsInForceForTheNextRun()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Equal(new FittedReceipt(Fitted.Version, Changed: true, Stored: true), await PutAsync(app, Fitted));

        var run = await DecideAsync(app, "7", "7", "8");
        var map = Fitted.Find(["m0", "m1", "m2"], AnswerKind.Number)!.CalibrationOf("majority", "off")!.Map;
        Assert.Equal((map.Apply(run.Confidence!.Raw!.Value), Fitted.Version), Calibration(run));
        using var stored = await app.Http.GetAsync($"/v1/runs/{run.RunId}");
        Assert.Equal(run.Confidence, (await stored.RunAsync()).Confidence);
    }

    [Fact]
    public async Task WhatWasPutIsShownAndReliabilityWithIt()
    {
        await using var app = await ApiApp.StartAsync();
        var client = new ConsensusClient(app.Http);
        var receipt = await client.PutCalibrationAsync(Fitted.Document, TestContext.Current.CancellationToken);
        Assert.Equal(Fitted.Version, receipt.Version);
        Assert.Equivalent(Fitted.Document, await client.GetCalibrationAsync(TestContext.Current.CancellationToken), strict: true);

        var list = await client.GetReliabilityAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Fitted.Version, Fitted.FittedAt), (list.Version, list.FittedAt));
        var (panel, body) = (Assert.Single(list.Panels), Fitted.Document.Panels[0]);
        Assert.Equal((120, body.EffectiveAlternatives), (panel.Questions, panel.EffectiveAlternatives));
        Assert.Equivalent(body.Reliability, panel.Reliability, strict: true);
        Assert.True(panel.Reliability["m0"].Low < panel.Reliability["m0"].Value && panel.Reliability["m0"].Value > panel.Reliability["m2"].Value);
    }

    [Fact]
    public async Task AnyOtherKeyIsNotCalibrated()
    {
        await using var app = await ApiApp.StartAsync();
        await PutAsync(app, Fitted);
        // Of a smaller panel the weights are known, but no map holds for it.
        Assert.Equal((null, Fitted.Version), Calibration(await DecideAsync(app, "7", "7")));
        Assert.Equal((null, null), Calibration(await DecideAsync(app, "yes", "yes", "no")));
        Assert.Equal((null, null), Calibration(await DecideAsync(app, "7", "7", "8", "8", "9")));
    }

    [Fact]
    public async Task TheSameVersionAgainChangesNothing()
    {
        using var folder = new StorageFolders();
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            await PutAsync(app, Fitted);
            Assert.Equal(new FittedReceipt(Fitted.Version, Changed: false, Stored: true), await PutAsync(app, Fitted));
            await PutAsync(app, Other);
            Assert.True((await PutAsync(app, Fitted)).Changed);
        }

        Assert.Equal([Fitted.Version, Other.Version, Fitted.Version], folder.Versions());
    }

    [Fact]
    public async Task TheNewestStoredDocumentIsInForceAfterARestart()
    {
        using var folder = new StorageFolders();
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            await PutAsync(app, Other);
            await PutAsync(app, Fitted);
        }

        await using var restarted = await ApiApp.StartAsync(folder.Settings);
        Assert.Equal(Fitted.Version, Calibration(await DecideAsync(restarted, "7", "7", "8")).Version);
    }

    [Fact]
    public async Task ARefusalNamesEveryReasonAndLeavesWhatIsInForce()
    {
        await using var app = await ApiApp.StartAsync();
        await PutAsync(app, Fitted);
        var wrong = JsonNode.Parse(FittedDocuments.Text(Other))!;
        wrong["panels"]![0]!["questions"] = 3;
        wrong["panels"]![0]!["kind"] = "auto";
        using var response = await app.PutCalibrationAsync(wrong.ToJsonString());
        var violations = await response.ViolationsAsync();
        Assert.Contains("panels[0].kind invalid_value", violations);
        Assert.Contains("panels[0].learned contradiction", violations);
        Assert.Contains("panels[0].calibrations[0].questions out_of_range", violations);
        Assert.Contains("version hash_mismatch", violations);
        Assert.Equal(Fitted.Version, Calibration(await DecideAsync(app, "7", "7", "8")).Version);
    }

    [Fact]
    public async Task ABrokenOrTooLargeBodyIsRefused()
    {
        await using var app = await ApiApp.StartAsync();
        await (await app.PutCalibrationAsync("{")).ProblemAsync(ErrorCatalog.MalformedJson);
        await (await app.PutCalibrationAsync("""{"\ud800":1}""")).ProblemAsync(ErrorCatalog.ValidationFailed);
        await (await app.PutCalibrationAsync(new string(' ', Limits.FittedBytes + 1))).ProblemAsync(ErrorCatalog.BodyTooLarge);
    }

    [Fact]
    public async Task WithoutARunLogADocumentIsKeptInMemoryAndTheReceiptSaysSo()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        Assert.Equal(new FittedReceipt(Fitted.Version, Changed: true, Stored: false), await PutAsync(app, Fitted));
        Assert.Equal(Fitted.Version, Calibration(await DecideAsync(app, "7", "7", "8")).Version);
    }

    [Fact]
    public async Task WhatCannotBeStoredIsNotInForce()
    {
        var file = Path.GetTempFileName();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = file });
        await (await app.PutCalibrationAsync(FittedDocuments.Text(Fitted))).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        await (await app.Http.GetAsync("/v1/calibration")).ProblemAsync(ErrorCatalog.NotFitted);
        File.Delete(file);
    }

    [Fact]
    public async Task AFileOfTheConfigurationBeginsAndAStoredDocumentGoesBeforeIt()
    {
        using var folder = new StorageFolders();
        var settings = new Dictionary<string, string>(folder.Settings) { [FittingServices.FileSetting] = folder.Write("fitted.json", FittedDocuments.Text(Fitted)) };
        await using (var app = await ApiApp.StartAsync(settings))
        {
            Assert.Equal(Fitted.Version, Calibration(await DecideAsync(app, "7", "7", "8")).Version);
            await PutAsync(app, Other);
        }

        await using (var app = await ApiApp.StartAsync(settings))
        {
            Assert.Equal(Other.Version, Calibration(await DecideAsync(app, "7", "7", "8")).Version);
        }

        Assert.Equal([Fitted.Version, Other.Version], folder.Versions());
    }

    [Theory]
    [InlineData("{}", "panels: The member is missing.")]
    [InlineData(null, "cannot be read")]
    public async Task AFileThatIsRefusedRefusesTheStart(string? text, string reason)
    {
        using var folder = new StorageFolders();
        var path = text is null ? Path.Combine(folder.Path, "none.json") : folder.Write("fitted.json", text);
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() =>
            ApiApp.StartAsync(new Dictionary<string, string> { [FittingServices.FileSetting] = path }));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunKeepsTheDocumentThatItBeganWith()
    {
        var choice = FittedDocuments.Of(AnswerKind.Choice);
        var rig = new RunRig();
        rig.Fitted.Current = choice;
        rig.Models.Sending = () => rig.Fitted.Current = null;
        var run = await rig.ConductAsync(Plans.Of(3), "red", "red", "blue");
        Assert.Equal(choice.Version, run.Confidence!.CalibrationVersion);
        Assert.NotNull(run.Confidence.Calibrated);
        Assert.Null((await rig.ConductAsync(Plans.Of(3), "red", "red", "blue")).Confidence!.CalibrationVersion);
    }

    [Fact]
    public async Task AnEarlyStopModeWithoutAMapIsNotCalibrated()
    {
        var rig = new RunRig();
        rig.Fitted.Current = FittedDocuments.Of(AnswerKind.Choice);
        var run = await rig.ConductAsync(Plans.Of(3, EarlyStop.Certain), "red", "red", "blue");
        Assert.Null(run.Confidence!.Calibrated);
        Assert.NotNull(run.Confidence.Raw);
    }

    private static (double? Calibrated, string? Version) Calibration(ConsensusResponse run) => (run.Confidence!.Calibrated, run.Confidence.CalibrationVersion);

    private static async Task<ConsensusResponse> DecideAsync(ApiApp app, params string[] texts)
    {
        using var response = await app.PostAsync("/v1/consensus/aggregate", FittedDocuments.Answers(texts));
        return await response.RunAsync();
    }

    private static async Task<FittedReceipt> PutAsync(ApiApp app, FittedState state)
    {
        using var response = await app.PutCalibrationAsync(FittedDocuments.Text(state));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.FittedReceipt)!;
    }
}
