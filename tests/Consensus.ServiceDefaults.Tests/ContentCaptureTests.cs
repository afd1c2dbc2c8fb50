using Consensus.ServiceDefaults.Telemetry;

namespace Consensus.ServiceDefaults.Tests;

/// <summary>Alone in the process: every service that starts writes the variable, and it is the whole process's.</summary>
[CollectionDefinition(nameof(ContentCaptureTests), DisableParallelization = true)]
[Collection(nameof(ContentCaptureTests))]
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
