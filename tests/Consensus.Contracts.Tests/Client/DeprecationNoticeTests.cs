using Consensus.Contracts.Client;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;

namespace Consensus.Contracts.Tests.Client;

public sealed class DeprecationNoticeTests : CannedApiTests
{
    private static readonly DateTimeOffset Since = new(2027, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task A_deprecation_is_told_once_whatever_was_answered(int status)
    {
        Answer(
            status,
            ("Deprecation", "@1801353600"), ("Sunset", "Mon, 31 Jan 2028 00:00:00 GMT"), ("Link", "<https://docs.example/v2>; rel=\"deprecation\"; type=\"text/html\""));
        var told = new List<DeprecationNotice>();
        var client = new ConsensusClient(Http, deprecated: told.Add);

        for (var i = 0; i < 3; i++)
        {
            await Record.ExceptionAsync(() => client.ListModelsAsync(Cancelled));
        }

        Assert.Equal([new DeprecationNotice(Since, Since.AddYears(1), new Uri("https://docs.example/v2"))], told);
    }

    [Fact]
    public async Task Another_notice_is_told_too()
    {
        var told = new List<DeprecationNotice>();
        var client = new ConsensusClient(Http, deprecated: told.Add);
        foreach (var since in new[] { "@1801353600", "@1801353601", "@1801353600" })
        {
            Answer(200, ("Deprecation", since));
            await client.ListModelsAsync(Cancelled);
        }

        Assert.Equal([Since, Since.AddSeconds(1)], told.Select(notice => notice.Since));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("@")]
    [InlineData("@x")]
    [InlineData("@99999999999999999999")]
    [InlineData("@999999999999999")]
    [InlineData("1801353600")]
    public async Task What_cannot_be_read_is_no_notice_and_no_failure(string since)
    {
        Answer(200, ("Deprecation", since));
        await new ConsensusClient(Http, deprecated: _ => Assert.Fail("told")).ListModelsAsync(Cancelled);
    }

    [Theory]
    [InlineData("<https://a.example/>; rel=\"sunset\", <https://b.example/>; rel=\"deprecation\"", "https://b.example/")]
    [InlineData("<https://a.example/>; type=\"text/html\"; rel=deprecation", "https://a.example/")]
    [InlineData("<https://a.example/>; rel=\"sunset\"", null)]
    [InlineData("<javascript:alert(1)>; rel=\"deprecation\"", null)]
    [InlineData("</relative>; rel=\"deprecation\"", null)]
    [InlineData("rubbish", null)]
    public async Task The_page_is_that_of_the_deprecation(string link, string? page)
    {
        DeprecationNotice? told = null;
        Answer(200, ("Deprecation", "@1801353600"), ("Sunset", "rubbish"), ("Link", link));
        await new ConsensusClient(Http, deprecated: notice => told = notice).ListModelsAsync(Cancelled);
        Assert.Equal(new DeprecationNotice(Since, null, page is null ? null : new Uri(page)), told);
    }

    private void Answer(int status, params (string Name, string Value)[] headers) => Api.On("GET /v1/models", http =>
    {
        foreach (var (name, value) in headers)
        {
            http.Response.Headers.Append(name, value);
        }

        return CannedApi.WriteAsync(http, status, """{"models":[],"panels":{}}""", "application/json");
    });
}
