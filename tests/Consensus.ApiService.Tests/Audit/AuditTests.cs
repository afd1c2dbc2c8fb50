using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Client;

namespace Consensus.ApiService.Tests.Audit;

public sealed class AuditTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoReadsTheTrailCanCheckItsChainAndOnlyAnAdministratorMay()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        var admin = new ConsensusClient(app.Client(KeyedApi.Key("root")));
        var user = new ConsensusClient(app.Client(KeyedApi.Key("alice")));
        await admin.CreateKeyAsync(new Contracts.Keys.NewKey("team-new", ["read"]), Token);
        var denied = await Assert.ThrowsAsync<ConsensusApiException>(() => user.ListAuditAsync(null, Token));
        Assert.Equal("forbidden", denied.Problem.Code);

        var entries = (await admin.ListAuditAsync(new AuditQuery { OldestFirst = true, Limit = 500 }, Token)).Items;
        var head = await admin.GetAuditHeadAsync(Token);

        var prev = new string('0', 64);
        foreach (var entry in entries)
        {
            Assert.Equal(prev, entry.PrevHash);
            Assert.Equal(HashOf(entry), entry.Hash);
            prev = entry.Hash;
        }

        Assert.Contains(entries, static entry => entry is { Action: "key_created", Actor: "key:root", Subject: { Kind: "key", Id: "team-new" } });
        Assert.True(head.Seq >= entries.Count);
        Assert.Equal(["key_created"], (await admin.ListAuditAsync(new AuditQuery { SubjectKind = "key", SubjectId = "team-new" }, Token)).Items.Select(static entry => entry.Action));
        var refused = await Assert.ThrowsAsync<ConsensusApiException>(() => admin.ListAuditAsync(new AuditQuery { Cursor = "x" }, Token));
        Assert.Equal("validation_failed", refused.Problem.Code);
    }

    /// <summary>As a caller would: canonical JSON of what was answered, by ordinary means.</summary>
    private static string HashOf(AuditEntry entry)
    {
        var members = (JsonObject)JsonSerializer.SerializeToNode(entry, Contracts.Json.ConsensusJson.Default.AuditEntry)!;
        members.Remove("hash");
        members.Remove("mac");
        var text = Sorted(members)!.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, Sorted(member.Value))))
        : node?.DeepClone();
}
