using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>With an <c>Idempotency-Key</c> a client may ask again by itself: there is one run, and one bill.</summary>
public sealed class ChatIdempotencyTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheSameRequestAgainIsAnsweredByTheSameRun(bool stream)
    {
        var key = Guid.NewGuid().ToString();
        var before = await rig.AskedAsync("ada");
        using var first = await SendAsync(key, "sim/ada", stream);
        using var again = await SendAsync(key, "sim/ada", stream);
        Assert.Equal(before + 1, await rig.AskedAsync("ada"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.GetValues("x-consensus-run-id").Single(), again.Headers.GetValues("x-consensus-run-id").Single());
        var told = await again.Content.ReadAsStringAsync();
        Assert.Contains("\"content\":\"391\"", told, StringComparison.Ordinal);
        Assert.Contains($"chatcmpl-{first.Headers.GetValues("x-consensus-run-id").Single()}", told, StringComparison.Ordinal);

        using var other = await SendAsync(key, "sim/boole", stream);
        await other.OpenAiErrorAsync(ErrorCatalog.IdempotencyKeyReused);
        Assert.False(other.Headers.Contains("x-consensus-run-id"));
    }

    [Fact]
    public async Task ALibraryThatRepeatsAFailedRequestMeetsTheSameFailure()
    {
        var before = await rig.AskedAsync("broken");
        using var content = BinaryContent.Create(BinaryData.FromString(Request("sim/broken", stream: false)));
        var options = new RequestOptions { CancellationToken = TestContext.Current.CancellationToken };
        options.SetHeader("Idempotency-Key", Guid.NewGuid().ToString());
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => rig.Client("unused", retries: new ClientRetryPolicy(maxRetries: 1)).CompleteChatAsync(content, options));
        Assert.Equal((502, before + 1), (thrown.Status, await rig.AskedAsync("broken")));
    }

    [Fact]
    public async Task AKeyThatCannotBeUsedIsNamedBesideWhatElseIsWrong()
    {
        using var response = await SendAsync("a key", "sim/ada", stream: false, ",\"n\":2");
        var errors = (await response.OpenAiErrorAsync())["error"]!["consensus"]!["errors"]!.AsArray();
        Assert.Equal(["Idempotency-Key", "n"], errors.Select(e => (string?)e!["field"]).Order(StringComparer.Ordinal));
    }

    private static string Request(string model, bool stream, string more = "") =>
        $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{OpenAiRig.Question}}"}]{{more}}}""";

    private async Task<HttpResponseMessage> SendAsync(string key, string model, bool stream, string more = "")
    {
        using var http = rig.App.Client(OpenAiRig.Key("alice"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Content = new StringContent(Request(model, stream, more), Encoding.UTF8, "application/json");
        return await http.SendAsync(request);
    }
}
