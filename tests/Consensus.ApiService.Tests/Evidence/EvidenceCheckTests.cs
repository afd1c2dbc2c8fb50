using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Tests.Evidence;

public sealed class EvidenceCheckTests(EvidenceRig rig) : IClassFixture<EvidenceRig>
{
    [Fact]
    public async Task EachClaimOfAnAnswerIsHeldAgainstTheDocuments()
    {
        var record = await rig.CheckedAsync(new JsonObject
        {
            ["answer"] = "The light at Skerrin was lit in 1871 [1]. The harbour of Skerrin has three cranes [2]. Whales sing there. Is that all?",
            ["documents"] = EvidenceRig.Documents,
            ["others"] = new JsonArray(new JsonObject { ["model"] = "other", ["text"] = "The harbour of Skerrin has two cranes [1]." }),
        });

        Assert.Equal(
            [EvidenceLabel.Supported, EvidenceLabel.Contradicted, EvidenceLabel.NotEnough, null], record.Claims.Select(claim => claim.Label));
        Assert.Equal([true, true, true, false], record.Claims.Select(claim => claim.Checkable));
        Assert.Equal(["other"], record.Claims[1].ContradictingModels);
        Assert.Equal((3, 1, 1, 1), (record.Figures!.Claims, record.Figures.Supported, record.Figures.Contradicted, record.Figures.NotEnough));
        Assert.Equal(1.0 / 3, record.Figures.CitationRecall!.Value, 12);
        Assert.Equal(0.5, record.Figures.CitationPrecision);
        Assert.Equal(
            "The light at Skerrin was lit in 1871 [1]. The harbour of Skerrin has three cranes [contradicted]. Whales sing there [not supported]. Is that all?", record.Text);
        Assert.Null(record.RunId);
    }

    [Fact]
    public async Task ARecordNamesTheRunThatItFollowsFrom()
    {
        var first = await rig.AskedAsync(new JsonObject { ["prompt"] = EvidenceRig.Lit, ["documents"] = EvidenceRig.Documents });
        Assert.Null(first.ParentRunId);
        var parent = first.RunId!.Value;
        var second = await rig.AskedAsync(new JsonObject
        {
            ["prompt"] = EvidenceRig.Lit, ["documents"] = EvidenceRig.Documents, ["parentRunId"] = $"{parent}", ["include"] = new JsonArray("provenance"),
        });
        var check = await rig.CheckedAsync(
            new JsonObject { ["answer"] = "The light at Skerrin was lit in 1871 [1].", ["documents"] = EvidenceRig.Documents, ["parentRunId"] = $"{parent}" });

        Assert.Equal((parent, parent), (second.ParentRunId!.Value, second.Run!.Provenance!.ParentRunId!.Value));
        Assert.Equal(parent, check.ParentRunId);
        using var stored = await rig.App.Http.GetAsync($"/v1/evidence/{check.EvidenceId}", TestContext.Current.CancellationToken);
        Assert.Equal($"{parent}", (string?)JsonNode.Parse(await stored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["parentRunId"]);
    }

    [Theory]
    [InlineData("/v1/evidence", "prompt")]
    [InlineData("/v1/evidence/check", "answer")]
    public async Task ARunThatThereIsNotIsRefusedAsAParent(string path, string member)
    {
        var request = new JsonObject { [member] = "x", ["parentRunId"] = $"{Guid.CreateVersion7()}" };
        using var response = await rig.App.PostAsync(path, request);
        Assert.Equal(["documents required", "parentRunId unknown_run"], (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PassagesAreLookedForByEachClaim()
    {
        var documents = new JsonArray([.. Enumerable.Range(0, 40).Select(i => (JsonNode)new JsonObject { ["content"] = $"Station {i} keeps {100 + i} sheep." })]);
        var record = await rig.CheckedAsync(new JsonObject
        {
            ["answer"] = "Station 3 keeps 103 sheep. Station 37 keeps 137 sheep.", ["documents"] = documents, ["maxPassages"] = 4,
        });

        Assert.Equal([EvidenceLabel.Supported, EvidenceLabel.Supported], record.Claims.Select(claim => claim.Label));
        Assert.True(record.Passages.Count <= 4);
    }
}
