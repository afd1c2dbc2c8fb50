using Consensus.Testing;

namespace Consensus.AppHost.Tests.Standalone;

public sealed class ManifestTests
{
    [Fact]
    public async Task TheManifestIsTheOneThatAspireWritesMemberByMember()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", $"manifest-{Guid.NewGuid():N}"));
        try
        {
            var file = Path.Combine(folder.FullName, "manifest.json");
            using var host = new HostProcess("--publisher", "manifest", "--output-path", file);
            Assert.Equal(0, await host.ExitCodeAsync());

            var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Manifest", "expected.json"), TestContext.Current.CancellationToken);
            var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(expected.TrimEnd(), written, ignoreLineEndingDifferences: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task AConfiguredProviderIsPublishedWithItsKeyAsASecretWithoutAValue()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-manifest-");
        try
        {
            var file = Path.Combine(folder.FullName, "manifest.json");
            using var host = new HostProcess("--publisher", "manifest", "--output-path", file, "--Providers:openai:Key=sk-very-secret", "--Providers:openai:Models:0:Name=gpt");
            Assert.Equal(0, await host.ExitCodeAsync());

            var manifest = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Contains("\"Providers__openai__Key\": \"{openai-key.value}\"", manifest, StringComparison.Ordinal);
            Assert.Contains("\"Providers__openai__Models__0__Name\": \"gpt\"", manifest, StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", manifest, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task AMissingPathIsOneLine()
    {
        using var host = new HostProcess("--publisher", "manifest");
        Assert.Equal(1, await host.ExitCodeAsync());
        await host.Lines.CaughtAsync("^--output-path FILE is missing");
    }
}
