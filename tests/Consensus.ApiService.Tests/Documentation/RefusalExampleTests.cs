using System.Text.Json.Nodes;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Tests.Errors;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>Makes every error by a real request, and holds it to its example, to the operation that was asked and to the schemas.</summary>
public sealed class RefusalExampleTests(SharedApi shared)
{
    /// <summary>What no operation answers: the request was for none.</summary>
    private static readonly ErrorCode[] OfNoOperation = [ErrorCatalog.NotFound, ErrorCatalog.MethodNotAllowed, ErrorCatalog.VersionNotSupported];

    [Fact]
    public async Task EveryCodeHasTheExampleThatARealRequestMakes()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var schemas = new PublishedSchemas(api);
        var examples = new JsonObject();
        var written = ExampleFile.Read(ExampleFile.Refusals);
        var errors = await shared.Errors;
        foreach (var code in ErrorCatalog.All)
        {
            var response = errors.Answered[code];
            var isOpenAi = response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/openai", StringComparison.Ordinal);
            var body = await CheckAsync(api, schemas, code, response);
            // The example of a code is the problem, also of one that only OpenAI's protocol has.
            examples[code.Code] = Example(code, isOpenAi ? body["error"]!["consensus"]! : body, written[code.Code]);
        }

        await new OpenAiMakings(shared).WithAllAsync(async made =>
        {
            foreach (var (code, response) in made)
            {
                var name = RefusalResponse.Name(code, isOpenAi: true);
                examples[name] = Example(code, await CheckAsync(api, schemas, code, response), written[name]);
            }
        });
        ExampleFile.Check(ExampleFile.Refusals, examples);
    }

    [Fact]
    public async Task EveryRefusalOfAnOperationShowsTheCodesThatItNames()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        foreach (var (operation, (status, response)) in api.Operations.SelectMany(o => o.Responses.Where(r => r.Status >= 400).Select(r => (o, r))))
        {
            var isOpenAi = operation.Path.StartsWith("/openai", StringComparison.Ordinal);
            var named = ErrorCatalog.All.Where(code => ((string)response["description"]!).Contains($"`{code.Code}`", StringComparison.Ordinal)).ToList();
            Assert.All(named, code => Assert.Equal(status, code.Status));
            var shown = response["content"]![isOpenAi ? "application/json" : "application/problem+json"]!["examples"]!.AsObject().Select(e => e.Key).ToList();
            Assert.Subset(named.Select(code => RefusalResponse.Name(code, isOpenAi)).ToHashSet(), shown.ToHashSet());
            Assert.True(isOpenAi ? shown.Count > 0 : shown.Count == named.Count, $"{operation} {status} shows {string.Join(", ", shown)} only.");
        }
    }

    [Fact]
    public async Task EveryCodeIsNamedByAnOperationOrIsOfNone()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var named = string.Join(" ", api.Operations.SelectMany(o => o.Responses.Where(r => r.Status >= 400)).Select(r => (string?)r.Response["description"]));
        Assert.Equal(
            OfNoOperation.Select(code => code.Code).Order(),
            ErrorCatalog.All.Where(code => !named.Contains($"`{code.Code}`", StringComparison.Ordinal)).Select(code => code.Code).Order());
    }

    private static async Task<JsonNode> CheckAsync(PublishedApi api, PublishedSchemas schemas, ErrorCode code, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (method, path) = (response.RequestMessage!.Method.Method, response.RequestMessage.RequestUri!.AbsolutePath);
        // Some names have a slash: the longest path wins.
        var operation = api.Operations.Where(o => o.Takes(method, path)).OrderBy(o => o.Path.Count(c => c == '{')).FirstOrDefault();
        if (OfNoOperation.Contains(code))
        {
            Assert.Null(operation);
        }
        else
        {
            Assert.True(operation is not null, $"{method} {path} is no operation.");
            schemas.CheckResponse(operation, response, text);
            var described = (string)operation.Responses.Single(r => r.Status == code.Status).Response["description"]!;
            Assert.True(described.Contains($"`{code.Code}`", StringComparison.Ordinal), $"{operation} answers {code.Code} and does not say so.");
        }

        return new Aliases(new HashSet<string>(), new Dictionary<string, string>()).ToExample(JsonNode.Parse(text))!;
    }

    /// <summary>
    /// The example that a response makes. How far each candidate had come when its run ended depends on the machine, so of those only the models are held to what
    /// is written; that they are candidates, the schemas have checked.
    /// </summary>
    private static JsonObject Example(ErrorCode code, JsonNode body, JsonNode? written)
    {
        var made = body.DeepClone();
        if (!Repository.Writes && Holder(made) is { } here && Holder(written?["body"]) is { } there)
        {
            Assert.Equal(Models(there), Models(here));
            here["candidates"] = there["candidates"]!.DeepClone();
        }

        return new JsonObject { ["summary"] = code.Title, ["body"] = made };
    }

    /// <summary>The problem that has candidates; <c>null</c> where there are none.</summary>
    private static JsonObject? Holder(JsonNode? body) => (body?["error"]?["consensus"] ?? body) is JsonObject { } problem && problem["candidates"] is JsonArray ? problem : null;

    private static IEnumerable<string?> Models(JsonObject problem) => problem["candidates"]!.AsArray().Select(candidate => (string?)candidate!["model"]);
}
