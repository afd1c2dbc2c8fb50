using Consensus.ServiceDefaults.Telemetry;

namespace Consensus.ServiceDefaults.Tests;

[Collection(nameof(AloneInProcess))]
public sealed class ContentCaptureTests
{
    [Theory]
    [InlineData(null, "false")]
    [InlineData("false", "false")]
    [InlineData("true", "true")]
    public async Task OnlyOurSettingLetsContentIntoTelemetry(string? setting, string expected)
    {
        var before = Environment.GetEnvironmentVariable(ContentCapture.Variable);
        try
        {
            Environment.SetEnvironmentVariable(ContentCapture.Variable, setting == "true" ? "false" : "true");
            await using var service = await TestService.StartAsync(settings: setting is null ? [] : [(ContentCapture.Setting, setting)]);
            Assert.Equal(expected, Environment.GetEnvironmentVariable(ContentCapture.Variable));
        }
        finally
        {
            Environment.SetEnvironmentVariable(ContentCapture.Variable, before);
        }
    }
}
