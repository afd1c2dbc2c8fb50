using System.Text.Json;

namespace Consensus.SystemTests.Running;

/// <summary>A developer has keys of paid models in the environment and in user secrets; a test must never call those models.</summary>
public class DeveloperSettingsTests
{
    [Fact]
    public async Task NeitherEnvironmentNorUserSecretsOfTheDeveloperComeIn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "User secrets are found by HOME elsewhere.");
        var home = Directory.CreateTempSubdirectory("consensus-developer-");
        var before = Environment.GetEnvironmentVariable("HOME");
        try
        {
            foreach (var id in (string[])["consensus-apphost", "consensus-apiservice"])
            {
                var secrets = Directory.CreateDirectory(Path.Combine(home.FullName, ".microsoft", "usersecrets", id));
                await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "secrets.json"), JsonSerializer.Serialize(Provider($"secret-{id}")), TestContext.Current.CancellationToken);
            }

            foreach (var (name, value) in Provider("environment"))
            {
                Environment.SetEnvironmentVariable(name.Replace(":", "__", StringComparison.Ordinal), value);
            }

            Environment.SetEnvironmentVariable("HOME", home.FullName);
            await using var system = await RunningSystem.StartAsync();

            var offered = await system.Client.ListModelsAsync(TestContext.Current.CancellationToken);

            Assert.Equal(["sim"], offered.Models.Select(model => model.Provider).Distinct());
            Assert.Equal(["default"], offered.Panels.Keys);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", before);
            foreach (var name in Provider("environment").Keys)
            {
                Environment.SetEnvironmentVariable(name.Replace(":", "__", StringComparison.Ordinal), null);
            }

            home.Delete(recursive: true);
        }
    }

    // Nothing listens at the discard port: were it asked after all, nobody would be billed.
    private static Dictionary<string, string> Provider(string name) => new()
    {
        [$"Providers:{name}:Kind"] = "openai",
        [$"Providers:{name}:Endpoint"] = "http://127.0.0.1:9/v1",
        [$"Providers:{name}:Key"] = "paid",
        [$"Providers:{name}:Models:0:Name"] = "paid",
        [$"Panels:{name}:0"] = $"{name}/paid",
    };
}
