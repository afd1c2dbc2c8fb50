using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Evidence;

public sealed class EvidenceTests(EvidenceRig rig) : IClassFixture<EvidenceRig>
{
    [Fact]
    public async Task AnAnswerHasEveryClaimLabelledWithThePlaceItRestsOn()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Lit));

        Assert.False(evidence.Abstained);
        Assert.Equal("The light at Skerrin was lit in 1871. Its keeper was Ada Moen.", evidence.CheckedText);
        Assert.Equal("The light at Skerrin was lit in 1871 [1]. Its keeper was Ada Moen [1].", evidence.Text);
        Assert.All(evidence.Claims, claim => Assert.Equal(EvidenceLabel.Supported, claim.Label));
        Assert.All(evidence.Claims, claim => Assert.Equal(claim.Text, evidence.CheckedText![claim.Start..claim.End]));
        Assert.All(evidence.Claims, claim => Assert.Equal(["sim/alpha", "sim/beta", "sim/gamma"], claim.SupportingModels));
        var citation = evidence.Claims[1].Citations.First(place => place.Label == EvidenceLabel.Supported);
        var passage = evidence.Passages[citation.Passage - 1];
        Assert.Equal(("Its keeper was Ada Moen.", "Lights", "urn:lights", "CC0-1.0"), (passage.Text![citation.Start..citation.End], passage.Title, passage.Source, passage.Licence));
        Assert.Equal(citation.Quote, passage.Text[citation.Start..citation.End]);
        Assert.Equal((2, 2, 0.0), (evidence.Figures!.Claims, evidence.Figures.Supported, evidence.Figures.HallucinationRate));
        Assert.Equal((Outcome.Consensus, RunKind.Evidence), (evidence.Run!.Outcome, evidence.Run.Kind));
    }

    [Fact]
    public async Task TheVoteLeavesMarksAside()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Lit));

        Assert.Equal(1, evidence.Run!.Agreement);
        Assert.DoesNotContain("[", evidence.Run.Answer!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CitationsAreScoredForEveryCandidate()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Lit));

        // alpha cites the passage of the light twice, beta the harbour for its keeper, gamma nothing for its second sentence.
        Assert.Equal([(1.0, 1.0), (0.5, 0.5), (0.5, 1.0)], evidence.Candidates.Select(candidate => (candidate.Figures.CitationRecall!.Value, candidate.Figures.CitationPrecision!.Value)));
        Assert.Equal((1, 1), (evidence.Figures!.CitationRecall, evidence.Figures.CitationPrecision));
    }

    [Theory]
    [InlineData("mark", "The light at Skerrin was lit in 1871 [1]. It can be seen from the moon [not supported].")]
    [InlineData("remove", "The light at Skerrin was lit in 1871 [1].")]
    public async Task WhatNoPassageBearsOutIsMarkedOrLeftOut(string unsupported, string text)
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Invented, ("unsupported", unsupported)));

        Assert.Equal(text, evidence.Text);
        Assert.Equal([EvidenceLabel.Supported, EvidenceLabel.NotEnough], evidence.Claims.Select(claim => claim.Label!.Value));
        Assert.Equal(0.5, evidence.Figures!.HallucinationRate);
    }

    [Fact]
    public async Task AMajorityThatThePassagesContradictIsNoAnswer()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.WrongYear));

        Assert.Equal((true, AbstainReason.NothingSupported), (evidence.Abstained, evidence.AbstainReason));
        Assert.Null(evidence.Text);
        var claim = Assert.Single(evidence.Claims);
        Assert.Equal((EvidenceLabel.Contradicted, "number"), (claim.Label, claim.Objection));
        Assert.Equal(["sim/alpha", "sim/beta"], claim.SupportingModels);
        Assert.Equal(["sim/gamma"], claim.ContradictingModels);
        // What the passages bear out stands among the candidates.
        Assert.Equal([0, 0, 1], evidence.Candidates.Select(candidate => candidate.Figures.Supported));
    }

    [Fact]
    public async Task OfATypedAnswerTheTextBehindItIsChecked()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Year, ("answer", new JsonObject { ["kind"] = "number" })));

        Assert.Equal("1871", evidence.Run!.Answer!.Text);
        Assert.Equal("It was lit in 1871.", evidence.CheckedText);
        Assert.False(evidence.Abstained);
    }

    [Theory]
    [InlineData(EvidenceRig.Unknown, AbstainReason.NotInPassages)]
    [InlineData(EvidenceRig.Divided, AbstainReason.NoVerdict)]
    public async Task WithoutAnAnswerToDefendItAbstains(string question, AbstainReason reason)
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask(question));

        Assert.Equal((true, reason, null), (evidence.Abstained, evidence.AbstainReason, evidence.Text));
        Assert.Equal(3, evidence.Candidates.Count);
    }

    [Fact]
    public async Task WherePassagesHaveNothingOfTheQuestionNobodyIsAsked()
    {
        var evidence = await rig.AskedAsync(EvidenceRig.Ask("xyzzy plugh?"));

        Assert.Equal((true, AbstainReason.NoPassages), (evidence.Abstained, evidence.AbstainReason));
        Assert.Null(evidence.Run);
        Assert.Null(evidence.RunId);
    }

    [Fact]
    public async Task ARecordIsFoundListedAndGoesWithItsRun()
    {
        var made = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Lit));
        var http = rig.App.Http;
        var cancel = TestContext.Current.CancellationToken;

        var found = await http.GetFromJsonAsync(made.Links["self"], ConsensusJson.Default.EvidenceRecord, cancel);
        Assert.Equal(made.Text, found!.Text);
        Assert.Equal(made.Claims.Select(claim => claim.Label), found.Claims.Select(claim => claim.Label));
        var listed = await http.GetFromJsonAsync($"/v1/evidence?runId={made.RunId:D}", ConsensusJson.Default.PageEvidenceSummary, cancel);
        Assert.Equal(made.EvidenceId, Assert.Single(listed!.Items).EvidenceId);
        using (var erased = await http.DeleteAsync(made.Links["run"], cancel))
        {
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        }

        using var gone = await http.GetAsync(made.Links["self"], cancel);
        await gone.ProblemAsync(ErrorCatalog.EvidenceNotFound);
    }

    [Fact]
    public async Task TheSameKeyGivesTheSameRecordAndAsksNobodyAgain()
    {
        var request = EvidenceRig.Ask(EvidenceRig.Lit).ToJsonString();
        EvidenceResponse[] got = [await SendAsync(request), await SendAsync(request)];

        Assert.Equal(got[0].EvidenceId, got[1].EvidenceId);
        Assert.Equal(got[0].RunId, got[1].RunId);

        async Task<EvidenceResponse> SendAsync(string body)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/evidence") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
            message.Headers.Add("Idempotency-Key", "evidence-1");
            using var response = await rig.App.Http.SendAsync(message, TestContext.Current.CancellationToken);
            return await EvidenceRig.ReadAsync(response);
        }
    }

    [Fact]
    public async Task EveryViolationIsNamedAtOnce()
    {
        using var response = await rig.App.PostAsync("/v1/evidence", new JsonObject
        {
            ["documents"] = new JsonArray(new JsonObject { ["mediaType"] = "image/png", ["content"] = "x" }, new JsonObject(), 3),
            ["collection"] = "nope",
            ["maxPassages"] = 0,
            ["matching"] = "guess",
            ["quorum"] = 7,
            ["nonsense"] = 1,
        });

        Assert.Equal(
            [
                "collection invalid_value", "documents contradiction", "documents[0].mediaType invalid_value", "documents[1].content required", "documents[2] invalid_type",
                "matching invalid_value", "maxPassages out_of_range", "nonsense unknown_member", "prompt required", "quorum out_of_range",
            ],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EntailmentWithoutAJudgeIsRefused()
    {
        using var response = await rig.App.PostAsync("/v1/evidence", EvidenceRig.Ask(EvidenceRig.Lit, ("matching", "entailment")));

        await response.ProblemAsync(ErrorCatalog.NoJudges);
    }
}
