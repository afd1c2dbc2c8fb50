using System.Collections.Concurrent;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace Consensus.ApiService.Tests.Security;

/// <summary>The page to read and try the API works under its policy, in a browser.</summary>
public sealed class DocumentationPageTests(SharedApi shared)
{
    private const float Patience = 120_000;

    [Fact]
    public async Task ThePageShowsTheApiTriesItAndTheBrowserComplainsOfNothing()
    {
        Chromium.Require();
        var complaints = new ConcurrentQueue<string>();
        var strangers = new ConcurrentQueue<string>();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" || message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } asked && asked.Authority != shared.App.Address.Authority)
            {
                strangers.Enqueue(request.Url);
            }
        };

        await page.GotoAsync(new Uri(shared.App.Address, "/docs").AbsoluteUri, new PageGotoOptions { Timeout = Patience });
        await Assertions.Expect(page.GetByText("One question, several models").First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = Patience });
        var status = await page.EvaluateAsync<int>("fetch('/v1/strategies').then(answer => answer.status)");

        Assert.Equal(200, status);
        Assert.Empty(complaints);
        Assert.Empty(strangers);
    }
}
