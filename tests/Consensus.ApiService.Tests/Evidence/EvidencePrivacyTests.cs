using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Keys;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary>What of evidence mode is on the disk at each privacy level.</summary>
public sealed class EvidencePrivacyTests(EvidenceRig rig) : IClassFixture<EvidenceRig>
{
    private const string Card = "4111 1111 1111 1111";
    private const string Key = "sk-zq7canary0123456789abcdefghijklmnop";

    /// <summary>Of each text that a caller or a model can give, a piece that is personal data.</summary>
    private static readonly string[] Secrets =
    [
        EvidenceRig.Mail, "zq7.canary.asks@example.org", "zq7.canary.title@example.org", "zq7.canary.source@example.org", "zq7.canary.licence@example.org",
        "zq7.canary.other@example.org", Card, Key,
    ];

    /// <summary>Of each, a piece that is none.</summary>
    private static readonly string[] Texts =
        ["light at Skerrin", "Whom does one write to", "Register of lights", "urn:lights", "Share alike", "keeper pays by card"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("full", true, true)]
    [InlineData("redacted", false, true)]
    [InlineData("none", false, false)]
    public async Task NoMoreThanTheLevelAllowsIsInTheFile(string level, bool keepsSecrets, bool keepsTexts)
    {
        using var folder = new StorageFolder();
        await using (var app = await ApiApp.StartAsync(rig.SettingsWith([.. folder.Settings, new("RunLog:Content", level)])))
        {
            var document = new JsonObject
            {
                ["content"] = $"The light at Skerrin was lit in 1871. Write to {EvidenceRig.Mail}. The keeper pays by card {Card} with the key {Key}.",
                ["title"] = "Register of lights, by zq7.canary.title@example.org", ["source"] = "urn:lights zq7.canary.source@example.org",
                ["licence"] = "Share alike, zq7.canary.licence@example.org",
            };
            var asked = await rig.AskedAsync(new JsonObject { ["prompt"] = EvidenceRig.Personal, ["documents"] = new JsonArray(document.DeepClone()) }, app);
            var check = await rig.CheckedAsync(
                new JsonObject
                {
                    ["answer"] = $"The light at Skerrin was lit in 1871. The keeper pays by card {Card} with the key {Key}. Write to {EvidenceRig.Mail}.",
                    ["question"] = EvidenceRig.Personal,
                    ["documents"] = new JsonArray(document),
                    ["others"] = new JsonArray(
                        new JsonObject { ["model"] = "zq7.canary.other@example.org", ["text"] = "The light at Skerrin was lit in 1871." }),
                },
                app);

            // Who asked gets all of it; what is kept is whole in itself, and says of each claim the same.
            foreach (var sent in (EvidenceRecord[])[asked, check])
            {
                Assert.Contains(EvidenceRig.Mail, sent.Text, StringComparison.Ordinal);
                var kept = (await app.Http.GetFromJsonAsync(sent.Links["self"], ConsensusJson.Default.EvidenceRecord, Token))!;
                Assert.Equal(sent.Claims.Select(claim => claim.Label), kept.Claims.Select(claim => claim.Label));
                Assert.Equal(sent.Passages.Select(passage => passage.Id), kept.Passages.Select(passage => passage.Id));
                Assert.All(kept.Claims.Where(_ => keepsTexts), claim => Assert.Equal(kept.CheckedText![claim.Start..claim.End], claim.Text));
                Assert.All(kept.Claims.Where(_ => keepsTexts).SelectMany(claim => claim.Citations), citation =>
                    Assert.Equal(kept.Passages[citation.Passage - 1].Text![citation.Start..citation.End], citation.Quote));
                Assert.Contains("1871", keepsTexts ? kept.Claims[0].Text! : "1871", StringComparison.Ordinal);
            }

            await app.StopAsync();
            Assert.DoesNotContain(app.Log.Lines, line => Array.Exists(Secrets, secret => line.Contains(secret, StringComparison.Ordinal)));
        }

        var stored = Encoding.UTF8.GetString(folder.Bytes());
        Assert.All(Secrets, secret => Assert.Equal(keepsSecrets, stored.Contains(secret, StringComparison.Ordinal)));
        Assert.All(Texts, text => Assert.Equal(keepsTexts, stored.Contains(text, StringComparison.Ordinal)));
    }
}
