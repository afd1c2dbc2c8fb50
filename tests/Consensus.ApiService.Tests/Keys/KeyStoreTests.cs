using System.Net;
using System.Text;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.ApiService.Tests.Keys;

/// <summary>Stored keys from the outside: made before the start, by others, in a store that cannot be read, beside configured ones.</summary>
public sealed class KeyStoreTests
{
    [Fact]
    public async Task AKeyMadeOfflineCountsAsASchemeAndIsTaken()
    {
        using var folder = new StorageFolder();
        var secret = await OfflineAsync(folder, "root", "admin", "read");
        await using var app = await ApiApp.StartAsync(folder.Settings);
        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        using var root = app.Client(secret);
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/v1/models")).StatusCode);
        Assert.Contains(app.Log.Lines, line => line.Contains("Callers need one of the keys root", StringComparison.Ordinal));
        Assert.False(app.Services.GetRequiredService<AccessRules>().LoopbackOnly);
    }

    [Fact]
    public async Task WithAStoredKeyTheServiceListensElsewhereAndWithoutOneNot()
    {
        using var folder = new StorageFolder();
        var open = new Dictionary<string, string>(folder.Settings) { ["urls"] = "http://0.0.0.0:0" };
        await Refused(open, "without keys");
        Assert.False(File.Exists(Path.Combine(folder.Path, "runs.db")));

        await OfflineAsync(folder, "root", "admin");
        var guard = await StartedGuard(folder.Settings);
        guard.Admit(new IPEndPoint(IPAddress.Any, 0));
        Assert.False(guard.AllLoopback);
    }

    [Fact]
    public async Task AStoreThatCannotBeReadLetsNobodyInAndListensNowhereElse()
    {
        using var folder = new StorageFolder();
        File.WriteAllText(Path.Combine(folder.Path, "runs.db"), "This is no database, and long enough to be looked at as one. " + new string('x', 4096));
        await Refused(new(folder.Settings) { ["urls"] = "http://0.0.0.0:0" }, "the stored keys cannot be read");

        await using var app = await ApiApp.StartAsync(folder.Settings);
        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        using var keyed = app.Client("csk_" + new string('A', 43));
        await (await keyed.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task WhereTheStoreCannotBeReadConfiguredKeysAreTakenAllTheSame()
    {
        using var folder = new StorageFolder();
        File.WriteAllText(Path.Combine(folder.Path, "runs.db"), "This is no database, and long enough to be looked at as one. " + new string('x', 4096));
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings.Concat(folder.Settings).ToDictionary());
        using var alice = app.Client(KeyedApi.Key("alice"));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/models")).StatusCode);
        using var other = app.Client("csk_" + new string('A', 43));
        await (await other.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.RunLogUnavailable);
    }

    [Fact]
    public async Task WhatAnotherProcessOnTheSameStoreChangesCountsSoonWithoutARestart()
    {
        using var folder = new StorageFolder();
        var secret = await OfflineAsync(folder, "root", "admin", "read");
        await using var here = await ApiApp.StartAsync(folder.Settings);
        await using var there = await ApiApp.StartAsync(folder.Settings);
        using var rooted = there.Client(secret);
        var api = new ConsensusClient(rooted);

        var made = await api.CreateKeyAsync(new NewKey("ci", ["read"]));
        using var ci = here.Client(made.Secret);
        await Eventually.HoldsAsync(async () => (await ci.GetAsync("/v1/models")).StatusCode == HttpStatusCode.OK);

        await api.RevokeKeyAsync("ci");
        await Eventually.HoldsAsync(async () => (await ci.GetAsync("/v1/models")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AConfiguredKeyWinsOverAStoredOneOfItsNameAndTheStartSaysSo()
    {
        using var folder = new StorageFolder();
        var stored = await OfflineAsync(folder, "alice", "admin");
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings.Concat(folder.Settings).ToDictionary());
        using var root = app.Client(KeyedApi.Key("root"));
        using var taken = app.Client(stored);
        await (await taken.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        Assert.Single(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("The stored keys alice are not taken", StringComparison.Ordinal));
        var listed = (await new ConsensusClient(root).ListKeysAsync()).Items.Where(key => key.Name == "alice").Select(key => (key.Source, key.State));
        Assert.Equal([(KeySource.Configured, KeyState.Active), (KeySource.Stored, KeyState.Shadowed)], listed);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("ci")]
    public async Task AConfiguredKeyIsNotChangedOverTheApiAndItsNameNotGivenAway(string name)
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Auth:Keys:CI:Key"] = KeyedApi.Key("ci"), ["Auth:Keys:CI:Scopes"] = "run" });
        using var rooted = app.Client(KeyedApi.Key("root"));
        var root = new ConsensusClient(rooted);
        await Code(ErrorCatalog.KeyExists, () => root.CreateKeyAsync(new NewKey(name, ["run"])));
        await Code(ErrorCatalog.KeyConfigured, () => root.RotateKeyAsync(name));
        await Code(ErrorCatalog.KeyConfigured, () => root.RevokeKeyAsync(name));
    }

    [Fact]
    public async Task NoSecretIsInTheStoreTheLogOrAnError()
    {
        using var folder = new StorageFolder();
        string[] secrets;
        ApiApp app;
        await using (app = await ApiApp.StartAsync(folder.Settings))
        {
            var root = await new ConsensusClient(app.Http).CreateKeyAsync(new NewKey("root", ["admin", "run", "read"]));
            using var rooted = app.Client(root.Secret);
            var rotated = await new ConsensusClient(rooted).RotateKeyAsync("root", new KeyRotation(60));
            using var client = app.Client(rotated.Secret);
            secrets = [root.Secret, rotated.Secret];

            // Where a secret is put by mistake: a header that is echoed, a question, a tag, a name.
            client.DefaultRequestHeaders.Add("X-Request-Id", root.Secret);
            using var asked = await app.PostAsync("/v1/consensus/aggregate", $$"""{"prompt":"my key is {{root.Secret}}","tags":["{{rotated.Secret}}"],"answers":[{"model":"a","text":"{{root.Secret}}"}]}""", client);
            await asked.RunAsync();
            using var wrong = await app.PostAsync("/v1/keys", $$"""{"name":"{{root.Secret}}","scopes":["{{rotated.Secret}}"]}""", client);
            Assert.DoesNotContain(rotated.Secret, await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var misplaced = await client.GetAsync($"/v1/keys/{rotated.Secret}");
            Assert.Equal("/v1/keys/[secret]", (await misplaced.ProblemAsync(ErrorCatalog.KeyNotFound)).Instance);
            using var lost = app.Client(rotated.Secret + "x");
            Assert.DoesNotContain(rotated.Secret, await (await lost.GetAsync("/v1/models")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        foreach (var secret in secrets)
        {
            Assert.True(folder.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, "A secret is on the disk.");
            Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WithoutARunLogKeysCannotBeMadeButConfiguredOnesAreShown()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["RunLog:Enabled"] = "false" });
        using var root = app.Client(KeyedApi.Key("root"));
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/v1/keys/alice")).StatusCode);
        await (await app.PostAsync("/v1/keys", """{"name":"ci","scopes":["run"]}""", root)).ProblemAsync(ErrorCatalog.RunLogDisabled);
    }

    private static async Task<string> OfflineAsync(StorageFolder folder, string name, params string[] scopes)
    {
        var path = Path.Combine(folder.Path, RunLogRegistration.FileName);
        await using var log = await RunLog.OpenAloneAsync(path, TimeProvider.System, NullLogger.Instance, mayCreate: true, TestContext.Current.CancellationToken);
        var secret = KeySecret.New();
        Assert.Equal(KeyChange.Done, await log.CreateKeyAsync(new NewKey(name, scopes), secret, by: null, TestContext.Current.CancellationToken));
        return secret.Text;
    }

    private static async Task<LoopbackGuard> StartedGuard(Dictionary<string, string> settings)
    {
        await using var app = await ApiApp.StartAsync(settings);
        return app.Services.GetRequiredService<LoopbackGuard>();
    }

    private static async Task Refused(Dictionary<string, string> settings, string reason)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(async () =>
        {
            await using var app = ApiApp.Build(Path.GetTempPath(), settings);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static async Task Code(ErrorCode code, Func<Task> act) =>
        Assert.Equal(code.Code, (await Assert.ThrowsAsync<ConsensusApiException>(act)).Problem.Code);
}
