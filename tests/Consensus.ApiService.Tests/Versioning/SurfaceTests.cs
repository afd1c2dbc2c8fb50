using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>Version 1 is what the committed surface says, and the changelog says what became of it.</summary>
public sealed partial class SurfaceTests(SharedApi shared)
{
    private const string Committed = "docs/surface/v1.json";

    [Fact]
    public async Task TheSurfaceIsTheCommittedOne()
    {
        var now = await ReadAsync(shared.App);
        var text = SurfaceText.Of(now);
        var file = Path.Combine(Repository.Root, Committed);
        // Without the file there is nothing to be held to: that is how a break is made on purpose, in sight of whoever reviews it.
        var differences = File.Exists(file) ? SurfaceComparer.Compare(JsonNode.Parse(Repository.Read(Committed))!.AsObject(), now) : [];
        var breaking = differences.Where(d => d.IsBreaking).ToArray();
        Assert.True(breaking.Length == 0, $"""
            {breaking.Length} changes would break callers of /v1 (docs/versioning.md tells what may change, and how a break is made):
            {string.Join('\n', breaking.Select(d => d.ToString()))}
            """);
        if (Repository.Writes)
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file) && Repository.Read(Committed) == text, $"""
            {Committed} is missing or stale. CONSENSUS_WRITE_DOCS=1 writes it anew. Nothing of this breaks a caller:
            {string.Join('\n', differences.Select(d => d.ToString()))}
            """);
    }

    [Fact]
    public async Task TheChangelogKnowsTheSurface()
    {
        var fingerprint = SurfaceText.Fingerprint(SurfaceText.Of(await ReadAsync(shared.App)));
        var noted = Noted().Match(Repository.Read("CHANGELOG.md")).Groups["fingerprint"].Value;
        // By hand, on purpose: whoever changes the surface comes by here, and says what the change is.
        Assert.True(noted == fingerprint, $"""
            The surface of /v1 is another than the changelog knows ({(noted.Length == 0 ? "none" : noted)}).
            Say under "Unreleased" in CHANGELOG.md what changed for callers, and have the line there read: Surface of `/v1`: `{fingerprint}`.
            """);
    }

    [Fact]
    public async Task TheChangelogNamesEveryOperationAndEveryErrorCode()
    {
        var changelog = Repository.Read("CHANGELOG.md");
        var named = Route().Matches(changelog)
            .SelectMany(m => m.Groups["methods"].Value.Split('/').Select(method => $"{method} {m.Groups["path"].Value}")).ToHashSet(StringComparer.Ordinal);
        var surface = await ReadAsync(shared.App);
        var missing = surface["operations"]!.AsObject().Select(o => o.Key).Where(o => !named.Contains(o))
            .Concat(surface["errors"]!.AsObject().Select(e => e.Key).Where(code => !changelog.Contains($"`{code}`", StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    [Fact]
    public async Task WhatADeprecatedVersionAddsToItsSurfaceIsThatItIsDeprecated()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Versioning:V1:Deprecated"] = "2027-01-31T00:00:00Z" });
        var differences = SurfaceComparer.Compare(await ReadAsync(shared.App), await ReadAsync(app));
        Assert.True(differences.Count > 40);
        Assert.All(differences, d => Assert.Equal((false, "deprecated"), (d.IsBreaking, d.What)));
    }

    [Fact]
    public async Task EveryOperationHasAName()
    {
        var operations = (await ReadAsync(shared.App))["operations"]!.AsObject();
        var names = operations.Select(o => (string?)o.Value!["operationId"]).OfType<string>();
        Assert.Equal(operations.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task EveryOperationNamesItsScopes() =>
        Assert.All((await ReadAsync(shared.App))["operations"]!.AsObject(), o => Assert.NotEmpty(o.Value!["scopes"]!.AsArray()));

    internal static async Task<JsonObject> ReadAsync(ApiApp app) =>
        Surface.Of(JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json"))!, ErrorCatalog.All, FieldCodes.All);

    [GeneratedRegex("Surface of `/v1`: `(?<fingerprint>[0-9a-f]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Noted();

    [GeneratedRegex("`(?<methods>[A-Z]+(/[A-Z]+)*) (?<path>/v1[^` ]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Route();
}
