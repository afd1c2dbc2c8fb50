using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Evidence;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Provenance;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>What answers rest on.</summary>
public sealed class AttributionTests(SharedApi shared, EvidenceRig rig) : IClassFixture<EvidenceRig>
{
    [Fact]
    public async Task EachSentenceOfATextNamesTheCandidatesThatSayIt()
    {
        const string First = "The light at Skerrin was lit in 1871.", Second = "Its keeper was Ada Moen.";
        var request = Answers.Aggregate($"{First} {Second}", $"{First} {Second}", First, "Nobody knows anything about that island at all.");
        request["answer"] = new JsonObject { ["kind"] = "text" };
        var run = await shared.App.DecideAsync(request);
        var attribution = (await shared.App.ProvenanceAsync(run.RunId)).Attribution!;

        Assert.Equal(run.Answer!.Text, attribution.Text);
        Assert.Equal(run.Clusters[0].Candidates, attribution.Candidates);
        Assert.Equal([First, Second], attribution.Sentences.Select(sentence => attribution.Text![sentence.Start..sentence.End].TrimEnd('.') + "."));
        Assert.Equal([0, 1, 2], attribution.Sentences[0].Candidates.Select(source => source.Candidate).Order());
        Assert.Equal([0, 1], attribution.Sentences[1].Candidates.Select(source => source.Candidate).Order());
        Assert.All(attribution.Sentences.SelectMany(sentence => sentence.Candidates), source => Assert.Equal(1, source.Support));
        Assert.True(attribution.IsWhole);
    }

    [Fact]
    public async Task OfAVeryLongTextTheBeginningIsAttributed()
    {
        var text = string.Join(' ', Enumerable.Range(1, Limits.AttributedSentences + 50).Select(i => $"Stone {i} stands here."));
        var request = Answers.Aggregate(text, text);
        request["answer"] = new JsonObject { ["kind"] = "text" };
        var attribution = (await shared.App.ProvenanceAsync((await shared.App.DecideAsync(request)).RunId)).Attribution!;
        Assert.False(attribution.IsWhole);
        Assert.Equal(Limits.AttributedSentences, attribution.Sentences.Count);
        Assert.All(attribution.Sentences, sentence => Assert.Equal(2, sentence.Candidates.Count));
    }

    [Fact]
    public async Task AValueNamesTheClusterThatHoldsIt()
    {
        var run = await shared.App.DecideAsync(Answers.Aggregate("So it is 42.", "41", "42"));
        var provenance = await new ConsensusClient(shared.App.Http).GetProvenanceAsync(run.RunId, TestContext.Current.CancellationToken);
        Assert.Equal([0, 2], provenance.Attribution!.Candidates);
        Assert.Equal(["m0", "m2"], provenance.Attribution.Models);
        Assert.Empty(provenance.Attribution.Sentences);
    }

    [Fact]
    public async Task AnAnswerFromPassagesNamesThoseThatSayIt()
    {
        var asked = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Lit));
        var provenance = await rig.App.ProvenanceAsync(asked.RunId!.Value);

        Assert.Equal(asked.EvidenceId, provenance.EvidenceId);
        Assert.Equal(["evidence@1"], provenance.Lineage!.Prompts);
        Assert.Equal(2, provenance.Attribution!.Sentences.Count);
        Assert.All(provenance.Attribution.Sentences, sentence =>
        {
            Assert.Equal(1, Assert.Single(sentence.Passages).Passage);
            Assert.Equal(3, sentence.Candidates.Count);
        });
        ProvChecker.Check(await rig.App.ProvAsync(asked.RunId.Value));
        Assert.True((await rig.App.ReplayAsync(asked.RunId.Value)).IsSame);
    }

    [Fact]
    public async Task WithoutAnAnswerOrItsTextsThereIsAReason()
    {
        var divided = await shared.App.DecideAsync(Answers.Aggregate("42", "41"));
        var provenance = await shared.App.ProvenanceAsync(divided.RunId);
        Assert.Equal((null, NoAttribution.NoAnswer), (provenance.Attribution, provenance.AttributionReason));

        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "None" });
        var run = await app.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        provenance = await app.ProvenanceAsync(run.RunId);
        Assert.Equal((null, NoAttribution.ContentNotStored), (provenance.Attribution, provenance.AttributionReason));
        Assert.Equal(["a", "b", "c"], provenance.Lineage!.Models.Select(model => model.Id));
        ProvChecker.Check(await app.ProvAsync(run.RunId));
    }
}
