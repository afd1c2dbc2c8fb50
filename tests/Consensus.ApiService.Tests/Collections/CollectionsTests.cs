using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;

namespace Consensus.ApiService.Tests.Collections;

public sealed class CollectionsTests(KeyedApi keyed) : IClassFixture<KeyedApi>
{
    private const string Path = "/v1/collections";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnotherKeysCollectionIsNotThereUnlessItIsShared()
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        using var bob = keyed.App.Client(KeyedApi.Key("bob"));
        using var root = keyed.App.Client(KeyedApi.Key("root"));
        var own = await MakeAsync(alice, """{"name":"Own"}""");
        var shared = await MakeAsync(alice, """{"name":"Shared","shared":true}""");
        await AddAsync(alice, own, "The grebe dives.", HttpStatusCode.Created);
        await AddAsync(alice, shared, "The grebe dives.", HttpStatusCode.Created);
        string[] readable = ["", "/documents", "/passages?q=grebe"];
        foreach (var path in readable)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(own + path, Token)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(shared + path, Token)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await root.GetAsync(own + path, Token)).StatusCode);
        }

        await AddAsync(bob, own, "The coot dives too.", HttpStatusCode.NotFound);
        await AddAsync(bob, shared, "The coot dives too.", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.DeleteAsync(own, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.DeleteAsync(shared, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await root.DeleteAsync(own, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.DeleteAsync(own, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync(shared, Token)).StatusCode);
    }

    [Theory]
    [InlineData("""{}""", "content", "required")]
    [InlineData("""{"content":"x","mediaType":"image/png"}""", "mediaType", "invalid_value")]
    [InlineData("""{"content":"JVBERi0","mediaType":"application/pdf"}""", "content", "invalid_value")]
    [InlineData("""{"content":"aGVsbG8=","mediaType":"application/pdf"}""", "content", "invalid_value")]
    [InlineData("""{"content":"<script>x</script>","mediaType":"text/html"}""", "content", "required")]
    [InlineData("""{"content":" \n "}""", "content", "required")]
    [InlineData("""{"content":"x","title":"a\nb"}""", "title", "control_characters")]
    [InlineData("""{"content":"x","pages":3}""", "pages", "unknown_member")]
    public async Task WhatCannotBeReadIsRefusedByItsMember(string body, string field, string code)
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        using var refused = await keyed.App.PostAsync($"{Path}/01900000-0000-7000-8000-000000000000/documents", body, alice);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = Assert.Single((await refused.Content.ReadFromJsonAsync<JsonNode>(Token))!["errors"]!.AsArray())!;
        Assert.Equal((field, code), ((string)error["field"]!, (string)error["code"]!));
    }

    [Fact]
    public async Task ATextThatIsTooLongIsRefused()
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        var body = JsonSerializer.Serialize(new { content = string.Concat(Enumerable.Repeat("word ", (Limits.DocumentCharacters / 5) + 1)) + "end" });
        using var refused = await keyed.App.PostAsync($"{Path}/01900000-0000-7000-8000-000000000000/documents", body, alice);
        Assert.Contains("too_long", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PassagesOfALargeDocumentAreReadPageByPage()
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        var collection = await MakeAsync(alice, """{"name":"Large"}""");
        var text = string.Join(' ', Enumerable.Range(0, 300).Select(static i => $"Sentence number {i} tells of the weather at the station on the hill."));
        var added = await AddAsync(alice, collection, text, HttpStatusCode.Created);
        var passages = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = (await alice.GetFromJsonAsync<JsonNode>($"{added}/passages?limit=7{(next is null ? "" : $"&cursor={next}")}", Token))!;
            passages.AddRange(page["items"]!.AsArray().Select(static item => item!));
            next = (string?)page["next"];
        }
        while (next is not null);
        Assert.Equal(Enumerable.Range(1, passages.Count), passages.Select(static passage => (int)passage["number"]!));
        Assert.All(passages, passage => Assert.Equal(text[(int)passage["start"]!..(int)passage["end"]!], (string)passage["text"]!));
        var found = (await alice.GetFromJsonAsync<JsonNode>($"{collection}/passages?q=number+123&limit=1", Token))!;
        Assert.Contains("number 123", (string)found["items"]![0]!["text"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "q")]
    [InlineData("?q=%20", "q")]
    [InlineData("?q=x&limit=101", "limit")]
    [InlineData("?q=x&cursor=y", "cursor")]
    public async Task ASearchNamesWhatIsWrongWithIt(string query, string field)
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        using var refused = await alice.GetAsync($"{Path}/01900000-0000-7000-8000-000000000000/passages{query}", Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"\"field\":\"{field}\"", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATextIsNeitherInTheLogNorInTheMetrics()
    {
        const string Canary = "xylophagous";
        using var root = keyed.App.Client(KeyedApi.Key("root"));
        var collection = await MakeAsync(root, $$"""{"name":"{{Canary}}"}""");
        await AddAsync(root, collection, $"The {Canary} beetle.", HttpStatusCode.Created);
        (await root.GetAsync($"{collection}/passages?q={Canary}", Token)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(keyed.App.Log.Lines, static line => line.Contains($"The {Canary} beetle", StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, await root.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServiceWhoseStoreIsTakenStartsAndSaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-taken-").FullName;
        await using var first = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = folder });
        await using var second = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = folder });
        var ready = (await second.Http.GetFromJsonAsync<JsonNode>("/ready", Token))!;
        Assert.Equal("degraded", (string?)ready["status"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await second.Http.GetAsync(Path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.Http.GetAsync(Path, Token)).StatusCode);
    }

    private async Task<string> MakeAsync(HttpClient client, string body)
    {
        using var made = await keyed.App.PostAsync(Path, body, client);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return made.Headers.Location!.ToString();
    }

    private async Task<string> AddAsync(HttpClient client, string collection, string text, HttpStatusCode expected)
    {
        using var added = await keyed.App.PostAsync($"{collection}/documents", JsonSerializer.Serialize(new { content = text }), client);
        Assert.Equal(expected, added.StatusCode);
        return added.Headers.Location?.ToString() ?? "";
    }
}
