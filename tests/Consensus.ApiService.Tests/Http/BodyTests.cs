using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Http;

public sealed class BodyTests(SharedApi shared)
{
    [Theory]
    [InlineData("/v1/consensus", Limits.BodyBytes)]
    [InlineData("/v1/consensus/aggregate", Limits.AggregateBodyBytes)]
    public async Task ABodyOverTheCapIsRefusedWithItsLengthKnown(string path, int cap)
    {
        using var response = await shared.App.PostAsync(path, new string(' ', cap + 1));
        Assert.Contains($"{cap} bytes", (await response.ProblemAsync(ErrorCatalog.BodyTooLarge)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/consensus", Limits.BodyBytes)]
    [InlineData("/v1/consensus/aggregate", Limits.AggregateBodyBytes)]
    public async Task ABodyOverTheCapIsRefusedWhenItComesInChunks(string path, int cap)
    {
        using var response = await SendAsync(path, new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', cap + 1))), chunked: true);
        await response.ProblemAsync(ErrorCatalog.BodyTooLarge);
    }

    [Fact]
    public async Task ABodyOfExactlyTheCapIsRead()
    {
        const string Request = """{"prompt":"x","stop":1}""";
        using var response = await SendAsync("/v1/consensus", new StringContent(Request.PadRight(Limits.BodyBytes)), chunked: true);
        Assert.Equal(["stop unknown_member"], await response.ViolationsAsync());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "Line 1, byte 2")]
    [InlineData("{\n\"prompt\": nope}", "Line 2, byte 12")]
    [InlineData("{\"prompt\":\"x\"} {}", "Line 1")]
    [InlineData("{\"prompt\":NaN}", "Line 1, byte 11")]
    [InlineData("{\"prompt\":\"x\",}", "Line 1")]
    [InlineData("{'prompt':'x'}", "Line 1, byte 2")]
    public async Task WhatIsNotJsonIsRefusedWithItsPlace(string body, string detail)
    {
        using var response = await shared.App.PostAsync("/v1/consensus", body);
        Assert.Contains(detail, (await response.ProblemAsync(ErrorCatalog.MalformedJson)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeepNestingIsRefused()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", new string('[', 100_000));
        Assert.Contains("depth", (await response.ProblemAsync(ErrorCatalog.MalformedJson)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidUtf8IsRefused()
    {
        using var response = await SendAsync("/v1/consensus", new ByteArrayContent([(byte)'"', 0xC3, 0x28, (byte)'"']));
        Assert.Contains("UTF-8", (await response.ProblemAsync(ErrorCatalog.MalformedJson)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AByteOrderMarkIsTolerated()
    {
        using var response = await SendAsync("/v1/consensus", new ByteArrayContent([0xEF, 0xBB, 0xBF, .. """{"prompt":"x","stop":1}"""u8]));
        Assert.Equal(["stop unknown_member"], await response.ViolationsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task OtherMediaTypesAreRefused(string? mediaType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        using var response = await shared.App.Http.PostAsync("/v1/consensus", content);
        await response.ProblemAsync(ErrorCatalog.UnsupportedMediaType);
    }

    [Fact]
    public async Task CompressedBodiesAreRefused()
    {
        using var content = new ByteArrayContent([0x1f, 0x8b]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await shared.App.Http.PostAsync("/v1/consensus", content);
        await response.ProblemAsync(ErrorCatalog.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("POST", "/v1/consensus", "text/html")]
    [InlineData("POST", "/v1/consensus/aggregate", "text/event-stream")]
    [InlineData("GET", "/v1/runs", "text/html")]
    [InlineData("GET", "/v1/runs/1", "image/*")]
    [InlineData("GET", "/v1/models", "application/json;q=0, */*")]
    [InlineData("GET", "/v1/strategies", "application/xml")]
    public async Task AnAcceptHeaderThatCannotBeServedIsRefused(string method, string path, string accept)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        using var response = await shared.App.Http.SendAsync(request);
        await response.ProblemAsync(ErrorCatalog.NotAcceptable);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("text/html, application/json;q=0.1")]
    [InlineData("not a media type")]
    public async Task JsonIsServedToWhoeverTakesIt(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/strategies");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await shared.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await shared.App.Http.SendAsync(request);
    }
}
