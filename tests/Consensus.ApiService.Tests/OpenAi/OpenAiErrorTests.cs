using System.Net;
using System.Text;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>Whoever finds the fault, under <c>/openai</c> it is told in OpenAI's shape.</summary>
public sealed class OpenAiErrorTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private const string Path = "/openai/v1/chat/completions";
    private const string Request = """{"model":"consensus","messages":[{"role":"user","content":"What is 17 * 23?"}]}""";

    [Fact]
    public async Task EveryFaultHasOpenAisShape()
    {
        using var alice = rig.App.Client(OpenAiRig.Key("alice"));
        using var reader = rig.App.Client(OpenAiRig.Key("read"));
        using var worker = rig.App.Client(OpenAiRig.Key("worker"));
        await (await rig.App.PostAsync(Path, Request)).OpenAiErrorAsync(ErrorCatalog.Unauthorized);
        await (await rig.App.PostAsync(Path, Request, reader)).OpenAiErrorAsync(ErrorCatalog.Forbidden);
        await (await worker.GetAsync("/openai/v1/models")).OpenAiErrorAsync(ErrorCatalog.Forbidden);
        await (await alice.GetAsync("/openai/v1/models/consensus%2Foracle")).OpenAiErrorAsync(ErrorCatalog.ModelNotFound);
        await (await alice.GetAsync("/openai/v1/embeddings")).OpenAiErrorAsync(ErrorCatalog.NotFound);
        await (await alice.GetAsync("/OpenAI/v1/responses")).OpenAiErrorAsync(ErrorCatalog.NotFound);
        await (await alice.DeleteAsync(Path)).OpenAiErrorAsync(ErrorCatalog.MethodNotAllowed);
        await (await rig.App.PostAsync(Path, "{", alice)).OpenAiErrorAsync(ErrorCatalog.MalformedJson);
        await (await rig.App.PostAsync(Path, new string(' ', 2_000_000), alice)).OpenAiErrorAsync(ErrorCatalog.BodyTooLarge);
        using var text = new StringContent(Request, Encoding.UTF8, "text/plain");
        await (await alice.PostAsync(Path, text)).OpenAiErrorAsync(ErrorCatalog.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task AFaultOfOursTellsNothingOfItself(string stream)
    {
        await using var broken = await ApiApp.StartAsync(configure: builder => builder.Services.AddSingleton(new ModelCatalog
        {
            Models = [],
            Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = ["no/such-model"] },
        }));
        using var response = await broken.PostAsync(Path, $"{Request[..^1]},\"stream\":{stream}}}");
        await response.OpenAiErrorAsync(ErrorCatalog.InternalError);
        Assert.DoesNotContain("no/such-model", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task ARunThatCannotBeStoredIsNotAskedForAgain(string stream)
    {
        using var notAFolder = new TakenPath();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(rig.Settings(keyed: false)) { ["Storage:Folder"] = notAFolder.Path });
        await (await app.PostAsync(Path, $"{Request[..^1]},\"stream\":{stream}}}")).OpenAiErrorAsync(ErrorCatalog.RunLogUnavailable);
    }

    [Fact]
    public async Task AServiceThatStopsSendsItsCallersElsewhere()
    {
        await using var app = await ApiApp.StartAsync(rig.Settings(keyed: false));
        using var held = new HeldBody(Request);
        using var first = new HttpRequestMessage(HttpMethod.Post, Path) { Content = held };
        var going = app.Http.SendAsync(first);
        await Poll.UntilAsync(() => app.Services.GetRequiredService<Drain>().Going == 1);
        var stopping = app.StopAsync();
        using var refused = await Poll.UntilAsync(() => app.PostAsync(Path, "{}"), response => response.StatusCode == HttpStatusCode.ServiceUnavailable);
        await refused.OpenAiErrorAsync(ErrorCatalog.Draining);
        held.Release();
        using var finished = await going;
        Assert.True(finished.IsSuccessStatusCode);
        await stopping;
    }

    [Fact]
    public async Task AKeyIsAskedForAndNobodyMayKeepTheAnswer()
    {
        using var response = await rig.App.PostAsync(Path, Request);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.True(response.Headers.CacheControl?.NoStore);
        await using var keyless = await ApiApp.StartAsync(rig.Settings(keyed: false));
        using var any = keyless.Client("any-key-will-do-here-0123");
        Assert.True((await keyless.PostAsync(Path, Request, any)).IsSuccessStatusCode);
        any.DefaultRequestHeaders.Host = "evil.example";
        await (await keyless.PostAsync(Path, Request, any)).OpenAiErrorAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task ServedRequestsAreLoggedByTheirRoute()
    {
        using var alice = rig.App.Client(OpenAiRig.Key("alice"));
        await alice.GetAsync("/openai/v1/models/sim%2Fada");
        await Poll.UntilAsync(() => rig.App.Log.Lines.Any(line => line.Contains("GET /openai/v1/models/{**name} answered 200", StringComparison.Ordinal)));
    }
}
