using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>Sends the request of every example to a real service, and holds what is answered to the example and to the schemas.</summary>
public sealed class ExampleTests(SharedApi shared)
{
    public static TheoryData<string> Files => [.. ExampleFile.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task TheAnswersAreThoseOfTheExamples(string file)
    {
        var scenario = ExampleFile.Read(file);
        await using var host = await ExampleHost.StartAsync((string)scenario["host"]!, shared);
        var api = await PublishedApi.ReadAsync(host.App);
        var schemas = new PublishedSchemas(api);
        using var client = host.App.Client(host.Key);
        var aliases = new Aliases(
            Texts(new JsonArray([.. scenario["steps"]!.AsArray().Select(s => s!["request"]!["body"]?.DeepClone())])).ToHashSet(),
            scenario["volatile"]?.AsObject().ToDictionary(m => m.Key, m => (string)m.Value!) ?? []);
        foreach (var step in scenario["steps"]!.AsArray().Select(s => s!.AsObject()))
        {
            var operation = api.Operations.SingleOrDefault(o => o.Id == (string?)step["operation"])
                ?? throw new InvalidOperationException($"{file}: {step["name"]} is of no operation of the description.");
            using var request = Request(operation, step["request"]!, aliases);
            Assert.True(operation.Takes(request.Method.Method, request.RequestUri!.OriginalString.Split('?')[0]), $"{file}: {step["name"]} goes elsewhere.");
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode == 304, $"{file}: {step["name"]} is refused: {text}");
            schemas.CheckRequest(operation, step["request"]!["body"]);
            var media = schemas.CheckResponse(operation, response, text);
            // The body first: it tells which part of an address is an id.
            var body = text.Length == 0 ? null : media == Media.Json ? aliases.ToExample(JsonNode.Parse(text)) : aliases.ToExample(text);
            step["response"] = new JsonObject { ["status"] = (int)response.StatusCode, ["headers"] = Headers(response, aliases), ["body"] = body };
        }

        ExampleFile.Check(file, scenario);
    }

    [Fact]
    public async Task EveryOperationHasAnExampleOfItsRequestItsAnswerAndEveryRefusal()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var bare = new List<string>();
        foreach (var operation in api.Operations)
        {
            foreach (var (type, media) in operation.Node["requestBody"]?["content"]?.AsObject() ?? [])
            {
                Require(media!, $"{operation} {type}");
            }

            foreach (var (status, response) in operation.Responses.Where(r => r.Response["content"] is not null))
            {
                foreach (var (type, media) in response["content"]!.AsObject())
                {
                    Require(media!, $"{operation} {status} {type}");
                }
            }
        }

        Assert.Empty(bare);

        void Require(JsonNode media, string where)
        {
            if (media["examples"]?.AsObject() is not { Count: > 0 } examples || examples.Any(e => api.Resolve(e.Value!)["value"] is null))
            {
                bare.Add(where);
            }
        }
    }

    [Fact]
    public void ExamplesAreNamedOnceForEachOperation()
    {
        var names = ExampleFile.Names.SelectMany(file => ExampleFile.Read(file)["steps"]!.AsArray()).Where(step => step!["operation"] is not null)
            .Select(step => $"{step!["operation"]} {step["name"]}").ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Count > 50, "There are fewer examples than there were.");
    }

    private static HttpRequestMessage Request(PublishedOperation operation, JsonNode request, Aliases aliases)
    {
        var message = new HttpRequestMessage(new HttpMethod(operation.Method), aliases.ToReal((string)request["path"]!));
        foreach (var (name, value) in request["headers"]?.AsObject() ?? [])
        {
            message.Headers.TryAddWithoutValidation(name, aliases.ToReal((string)value!));
        }

        if (aliases.ToReal(request["body"]) is { } body)
        {
            message.Content = new StringContent(body.ToJsonString(ExampleFile.Compact), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return message;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonObject Headers(HttpResponseMessage response, Aliases aliases) => new(
        PublishedSchemas.Own(response).Where(header => !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase) && !header.Key.StartsWith("RateLimit-", StringComparison.Ordinal))
            .Select(header => KeyValuePair.Create(header.Key, (JsonNode?)aliases.ToExample(header.Value))));
}
