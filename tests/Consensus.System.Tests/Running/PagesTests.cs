using System.Net;

namespace Consensus.SystemTests.Running;

[Collection(SharedSystemGroup.Name)]
public class PagesTests(SharedSystem shared)
{
    [Theory]
    [InlineData("health")]
    [InlineData("ready")]
    [InlineData("metrics")]
    [InlineData("openapi/v1.json")]
    [InlineData("docs")]
    public async Task ApiServesItsOperationsPages(string path)
    {
        using var response = await shared.System.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("health")]
    [InlineData("ready")]
    public async Task DashboardIsUp(string path)
    {
        using var http = new HttpClient { BaseAddress = shared.System.Dashboard };
        using var response = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
