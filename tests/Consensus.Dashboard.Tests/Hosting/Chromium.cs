using Microsoft.Playwright;

namespace Consensus.Dashboard.Tests.Hosting;

/// <summary>The system's own Chromium; nothing is ever downloaded. Without one the browser tests are skipped and say so.</summary>
internal static class Chromium
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    public static string? Path => Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } given ? given : s_places.FirstOrDefault(File.Exists);

    public static void Require() => Assert.SkipWhen(
        Path is null, "Chromium is not installed (apt-get install chromium, or name it in CHROMIUM_PATH); the pages are not tested in a browser.");

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
        Timeout = 60_000,
    });
}
