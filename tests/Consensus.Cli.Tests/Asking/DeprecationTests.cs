using Consensus.Testing;

namespace Consensus.Cli.Tests.Asking;

public sealed class DeprecationTests : CannedApiTests
{
    [Fact]
    public async Task A_deprecation_is_one_line_among_the_failures()
    {
        Api.On("GET /v1/keys", http =>
        {
            http.Response.Headers["Deprecation"] = "@1801353600";
            http.Response.Headers["Sunset"] = "Mon, 31 Jan 2028 00:00:00 GMT";
            http.Response.Headers.Link = "<https://docs.example/v2>; rel=\"deprecation\"";
            return CannedApi.WriteAsync(http, 200, """{"items":[]}""", "application/json");
        });
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("keys", "list", "--url", Url);

        Assert.Equal(ExitCodes.Answer, code);
        Assert.Equal("The API says that what was called is deprecated as of 2027-01-31 and may be gone from 2028-01-31. https://docs.example/v2", terminal.Error.Trim());
        Assert.DoesNotContain("deprecated", terminal.Out, StringComparison.Ordinal);
    }
}
