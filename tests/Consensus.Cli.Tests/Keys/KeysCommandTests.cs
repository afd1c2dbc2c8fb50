using System.Text.Json;
using Consensus.ApiService;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Microsoft.AspNetCore.Builder;

namespace Consensus.Cli.Tests.Keys;

/// <summary>Keys from the command line: in a folder, and over a real API.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-cli-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheFirstKeyIsMadeOfflineAndOpensTheApiThatStartsOverIt()
    {
        var made = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await made.RunAsync("keys", "create", "root", "--scope", "admin", "--scope", "read", "--storage", _folder.FullName));
        var secret = made.Out.Trim();
        Assert.Matches(@"\Acsk_[A-Za-z0-9_-]{43}\z", secret);
        Assert.Contains("Key root may admin, read. Its secret is shown this once and stored nowhere.", made.Error);

        await using var api = await StartAsync();
        var url = api.Urls.Single();
        var environment = new Dictionary<string, string> { ["CONSENSUS_API_KEY"] = secret };

        var more = new CapturedTerminal(environment: environment);
        Assert.Equal(ExitCodes.Answer, await more.RunAsync(
            "keys", "create", "ci", "-s", "run", "--expires", "90d", "--requests-per-minute", "60", "--concurrent-runs", "2", "--daily-cost", "1.50", "--json", "--url", url));
        var ci = JsonSerializer.Deserialize(more.Out, ConsensusJson.Default.IssuedKey)!;
        Assert.Equal(("ci", "root", new KeyLimits(60, 2, 1.50m)), (ci.Key.Name, ci.Key.CreatedBy, ci.Key.Limits));
        Assert.InRange(ci.Key.ExpiresAt!.Value - ci.Key.CreatedAt!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));

        var rotated = new CapturedTerminal(environment: environment);
        Assert.Equal(ExitCodes.Answer, await rotated.RunAsync("keys", "rotate", "ci", "--grace", "10m", "--url", url));
        Assert.NotEqual(ci.Secret, rotated.Out.Trim());
        Assert.Contains("The secret before is taken until", rotated.Error);

        var revoked = new CapturedTerminal(environment: environment);
        Assert.Equal(ExitCodes.Answer, await revoked.RunAsync("keys", "revoke", "ci", "--url", url));
        Assert.Contains("Key ci is revoked since", revoked.Out);

        var listed = new CapturedTerminal(environment: environment);
        Assert.Equal(ExitCodes.Answer, await listed.RunAsync("keys", "list", "--url", url));
        Assert.Matches(@"root +active +admin read +csk_", listed.Out);
        Assert.Matches(@"ci +revoked +run +csk_.*60 requests a minute, 2 runs at a time, 1\.50 USD a day", listed.Out);
        Assert.DoesNotContain(secret, listed.Out);

        // While the API has the folder open nobody else goes there.
        var held = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await held.RunAsync("keys", "list", "--storage", _folder.FullName));
        Assert.Contains("open: the API runs. Stop it, or do this over its address.", held.Error);
    }

    [Fact]
    public async Task OfflineKeysAreListedRotatedAndRevoked()
    {
        await RunAsync("create", "root", "-s", "admin");
        Assert.Matches("csk_", (await RunAsync("rotate", "root")).Out);
        Assert.Contains("is revoked since", (await RunAsync("revoke", "root")).Out);
        var list = JsonSerializer.Deserialize((await RunAsync("list", "--json")).Out, ConsensusJson.Default.KeyList)!;
        Assert.Equal(("root", KeyState.Revoked), (Assert.Single(list.Items).Name, list.Items[0].State));
    }

    [Fact]
    public async Task WhatIsWrongIsSaidAndNothingIsMade()
    {
        var wrong = await RunAsync("create", "Root!", "-s", "fly", "-s", "admin");
        Assert.Contains("name: This cannot be the name of a key.", wrong.Error);
        Assert.Contains("scopes[0]: There is no such scope.", wrong.Error);
        Assert.Contains("There is no key with this name.", (await RunAsync("rotate", "nobody")).Error);
        Assert.Contains("There is no key with this name.", (await RunAsync("revoke", "nobody")).Error);
        await RunAsync("create", "ci", "-s", "run");
        Assert.Contains("a name is never given twice", (await RunAsync("create", "ci", "-s", "run")).Error);
        var listed = JsonSerializer.Deserialize((await RunAsync("list", "--json")).Out, ConsensusJson.Default.KeyList)!;
        Assert.Equal("ci", Assert.Single(listed.Items).Name);
    }

    [Fact]
    public async Task AFirstKeyThatMayNotAdministerIsMadeOfflineWithAWarning() =>
        Assert.Contains("No stored key has the scope admin", (await RunAsync("create", "ci", "-s", "run")).Error);

    [Theory]
    [InlineData("--storage goes without", "create", "x", "-s", "run", "--storage", "f", "--url", "http://localhost:1")]
    [InlineData("is not a time", "create", "x", "-s", "run", "--storage", "f", "--expires", "soon")]
    [InlineData("--grace is at most", "rotate", "x", "--storage", "f", "--grace", "20000m")]
    public async Task ACommandLineThatIsWrongIsRefusedBeforeAnythingIsOpened(string reason, params string[] args)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync(["keys", .. args]));
        Assert.Contains(reason == "--storage goes without" ? "it goes without --url and --key" : reason, terminal.Error);
        Assert.False(Directory.Exists("f"));
    }

    private async Task<CapturedTerminal> RunAsync(params string[] args)
    {
        var terminal = new CapturedTerminal();
        await terminal.RunAsync(["keys", .. args, "--storage", _folder.FullName]);
        return terminal;
    }

    private async Task<WebApplication> StartAsync()
    {
        var app = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--contentRoot={_folder.FullName}", $"--Storage:Folder={_folder.FullName}"]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
