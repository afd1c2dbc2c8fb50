using System.Net;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Fitting;
using Consensus.Storage.Fitting;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Fitting;

public sealed class RefitTests
{
    private static readonly Dictionary<string, string> Few = new() { ["Fitting:Refit:LeastQuestions"] = "100" };

    [Fact]
    public async Task WhatIsLabelledComesInForceWhereItGains()
    {
        await using var app = await ApiApp.StartAsync(Few);
        await app.UseAsync(150, LabelledUse.Uneven, 1, LabelledUse.Gold);
        var receipt = await app.RefitAsync();
        var proposal = receipt.Proposal!;
        Assert.True(proposal.Adopted, proposal.Reason);
        Assert.Equal((null, "1 of 1 panels gain over what was in force."), (proposal.BasedOn, receipt.Reason));
        var panel = Assert.Single(proposal.Panels);
        Assert.Equal((AnswerKindName.Number, 150, 0, true), (panel.Kind, panel.Questions, panel.OnlyWrongKnown, panel.MayReplace));
        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], panel.Models);

        var client = new ConsensusClient(app.Http);
        var inForce = await client.GetCalibrationAsync(TestContext.Current.CancellationToken);
        Assert.Equal((proposal.Version, 150), (inForce.Version, inForce.Panels.Single().Questions));
        Assert.InRange(inForce.Panels[0].Reliability["m0"].Value, 0.82, 0.97);
        var run = await (await app.PostAsync("/v1/consensus/aggregate", FittedDocuments.Answers("7", "7", "8", "9", "6"))).RunAsync();
        Assert.Equal(proposal.Version, run.Confidence!.CalibrationVersion);
        Assert.NotNull(run.Confidence.Calibrated);
        Assert.Equivalent(inForce, (await client.GetProposalAsync(proposal.Id, TestContext.Current.CancellationToken)).Document, strict: true);
    }

    /// <summary>Of users who confirm and deny but never say what is right, models must not come out as nearly always right.</summary>
    [Fact]
    public async Task RightAndWrongAreEnoughAndDoNotFlatter()
    {
        await using var app = await ApiApp.StartAsync(Few);
        await app.UseAsync(200, LabelledUse.Uneven, 2, LabelledUse.RightOrWrong);
        var panel = (await app.RefitAsync()).Proposal!.Panels.Single();
        Assert.InRange(panel.OnlyWrongKnown, 10, 100);
        var document = await new ConsensusClient(app.Http).GetCalibrationAsync(TestContext.Current.CancellationToken);
        Assert.All(document.Panels[0].Reliability.Where(r => r.Key != "m0"), r => Assert.InRange(r.Value.Value, 0.25, 0.55));
    }

    [Fact]
    public async Task WhatGainsNothingIsKeptAndAnAdministratorMayStillPutItInForce()
    {
        await using var app = await ApiApp.StartAsync(Few);
        var before = Document(2000, seed: 3);
        await app.PutCalibrationAsync(FittedDocuments.Text(before));
        await app.UseAsync(120, LabelledUse.Uneven, 4, LabelledUse.Gold);
        var proposal = (await app.RefitAsync()).Proposal!;
        Assert.Equal((false, before.Version, "No panel gains over what is in force."), (proposal.Adopted, proposal.BasedOn, proposal.Reason));
        var client = new ConsensusClient(app.Http);
        Assert.Equal(before.Version, (await client.GetCalibrationAsync(TestContext.Current.CancellationToken)).Version);

        var kept = await client.GetProposalAsync(proposal.Id, TestContext.Current.CancellationToken);
        Assert.Equal(proposal.Version, (await client.PutCalibrationAsync(kept.Document!, TestContext.Current.CancellationToken)).Version);
        Assert.Equal(120, (await client.GetCalibrationAsync(TestContext.Current.CancellationToken)).Panels.Single(p => p.Models.Count == 5).Questions);
    }

    [Fact]
    public async Task OtherPanelsStayAsTheyAre()
    {
        await using var app = await ApiApp.StartAsync(Few);
        var before = FittedDocuments.Of();
        await app.PutCalibrationAsync(FittedDocuments.Text(before));
        await app.UseAsync(150, LabelledUse.Uneven, 5, LabelledUse.Gold);
        Assert.True((await app.RefitAsync()).Proposal!.Adopted);
        var document = await new ConsensusClient(app.Http).GetCalibrationAsync(TestContext.Current.CancellationToken);
        Assert.Equal([3, 5], document.Panels.Select(p => p.Models.Count).Order());
        Assert.Equivalent(before.Document.Panels.Single(), document.Panels.Single(p => p.Models.Count == 3), strict: true);
    }

    [Fact]
    public async Task TooFewLabelsWaitAndTheSameLabelsAreNotFittedTwice()
    {
        await using var app = await ApiApp.StartAsync(Few);
        Assert.Equal((null, "No panel has enough labelled runs."), Shown(await app.RefitAsync()));
        await app.UseAsync(99, LabelledUse.Uneven, 6, LabelledUse.Gold);
        var receipt = await app.RefitAsync();
        Assert.Null(receipt.Proposal);
        var waiting = Assert.Single(receipt.Waiting);
        Assert.Equal((AnswerKindName.Number, 99, 100), (waiting.Kind, waiting.Questions, waiting.Needed));

        await app.UseAsync(1, LabelledUse.Uneven, 7, LabelledUse.Gold);
        var proposal = (await app.RefitAsync()).Proposal!;
        Assert.Equal((null, $"Nothing has changed since proposal {proposal.Id}."), Shown(await app.RefitAsync()));

        static (CalibrationProposal? Proposal, string Reason) Shown(RefitReceipt receipt) => (receipt.Proposal, receipt.Reason);
    }

    [Fact]
    public async Task SwitchedOnItHappensByItself()
    {
        var settings = new Dictionary<string, string>(Few)
        {
            ["Fitting:Refit:Enabled"] = "true", ["Fitting:Refit:Every"] = "00:00:01", ["Fitting:Refit:LeastNew"] = "120",
        };
        await using var app = await ApiApp.StartAsync(settings);
        await app.UseAsync(120, LabelledUse.Uneven, 8, LabelledUse.Gold);
        var client = new ConsensusClient(app.Http);
        var page = await Poll.UntilAsync(() => client.ListProposalsAsync(cancellationToken: TestContext.Current.CancellationToken), p => p.Items.Count > 0);
        Assert.Equal(120, page.Items.Single().Panels.Single().Questions);
    }

    [Fact]
    public async Task AStoreOutOfReachIsToldAndTriedAgain()
    {
        using var notAFolder = new TakenPath();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Storage:Folder"] = notAFolder.Path, ["Fitting:Refit:Enabled"] = "true", ["Fitting:Refit:Every"] = "00:00:01",
        });
        await Poll.UntilAsync(() => app.Log.Lines.Count(line => line.Contains("Labels could not be fitted", StringComparison.Ordinal)) >= 2);
        await (await app.Http.PostAsync("/v1/calibration/refit", null)).ProblemAsync(ErrorCatalog.RunLogUnavailable);
    }

    [Fact]
    public async Task ProposalsAreListedInPagesNewestFirst()
    {
        await using var app = await ApiApp.StartAsync(Few);
        await app.UseAsync(100, LabelledUse.Uneven, 9, LabelledUse.Gold);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            await app.UseAsync(1, LabelledUse.Uneven, (ulong)(20 + i), LabelledUse.Gold);
            ids.Insert(0, (await app.RefitAsync()).Proposal!.Id);
        }

        var first = await PageAsync("?limit=2");
        Assert.Equal(ids[..2], first.Items.Select(p => p.Id));
        Assert.All(first.Items, p => Assert.Null(p.Document));
        var second = await PageAsync($"?limit=2&cursor={first.Next}");
        Assert.Equal((ids[2], null), (second.Items.Single().Id, second.Next));
        Assert.Equal(["limit out_of_range", "page unknown_member"], (await (await app.Http.GetAsync("/v1/calibration/proposals?limit=0&page=2")).ViolationsAsync()).Order());
        Assert.Equal(["cursor invalid_cursor"], await (await app.Http.GetAsync("/v1/calibration/proposals?cursor=AAAA")).ViolationsAsync());

        async Task<Page<CalibrationProposal>> PageAsync(string query)
        {
            using var response = await app.Http.GetAsync("/v1/calibration/proposals" + query);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return System.Text.Json.JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), Contracts.Json.ConsensusJson.Default.PageCalibrationProposal)!;
        }
    }

    [Fact]
    public async Task WhatWasComparedWithAnotherDocumentDoesNotReplaceTheOneInForce()
    {
        await using var app = await ApiApp.StartAsync(Few);
        var inForce = FittedDocuments.Of();
        await app.PutCalibrationAsync(FittedDocuments.Text(inForce));
        await app.UseAsync(100, LabelledUse.Uneven, 10, LabelledUse.Gold);
        var real = (await app.RefitAsync()).Proposal!;
        var overtaken = await app.Services.GetRequiredService<FittedRegister>().ProposeAsync(
            Document(200, seed: 11), basedOn: inForce.Version, adopt: true, labelSeq: 0,
            (adopted, reason) => real with { Id = Guid.CreateVersion7(), Adopted = adopted, Reason = reason! });
        Assert.Equal((false, "Another document came in force meanwhile, with which this was not compared."), (overtaken.Adopted, overtaken.Reason));
        Assert.Equal(real.Version, (await new ConsensusClient(app.Http).GetCalibrationAsync(TestContext.Current.CancellationToken)).Version);
    }

    [Fact]
    public async Task WithoutARunLogThereIsNothingToFit()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await (await app.Http.PostAsync("/v1/calibration/refit", null)).ProblemAsync(ErrorCatalog.RunLogDisabled);
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["RunLog:Enabled"] = "false", ["Fitting:Refit:Enabled"] = "true",
        }));
        Assert.Contains("RunLog:Enabled", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsOutOfTheirRangeRefuseTheStartAllAtOnce()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Fitting:Refit:Every"] = "00:00:00", ["Fitting:Refit:LeastNew"] = "0", ["Fitting:Refit:LeastQuestions"] = "10", ["Fitting:Refit:Window"] = "00:01:00",
        }));
        Assert.All(["Every", "LeastNew", "LeastQuestions", "Window"], name => Assert.Contains($"Fitting:Refit:{name} is", refused.Message, StringComparison.Ordinal));
        var unread = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(new Dictionary<string, string> { ["Fitting:Refit:Every"] = "hourly" }));
        Assert.Contains("Fitting:Refit:Every", unread.Message, StringComparison.Ordinal);
    }

    private static FittedState Document(int questions, ulong seed) => FittedWriter.State(
        [new FittedPanel(PanelFitter.Fit(MadeVotes.Of(questions, LabelledUse.Uneven, seed), AnswerKind.Number, 1), new string('b', 64))], FittedDocuments.FittedAt);
}
