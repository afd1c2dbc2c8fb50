using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace Consensus.ApiService.Tests.Security;

/// <summary>The page to read and try the API works under its policy, in a browser.</summary>
public sealed class DocumentationPageTests(SharedApi shared, KeyedApi keyed) : IClassFixture<KeyedApi>
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

    [Fact]
    public async Task AnOperationShowsItsExamplesAndIsTriedWithAKey()
    {
        Chromium.Require();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1500, Height = 1200 } });
        page.SetDefaultTimeout(Patience);

        await page.GotoAsync(new Uri(keyed.App.Address, "/docs#tag/consensus/POST/v1/consensus").AbsoluteUri, new PageGotoOptions { Timeout = Patience });
        var patient = new LocatorAssertionsToBeVisibleOptions { Timeout = Patience };
        await Assertions.Expect(page.GetByText("\"What is 17 * 23?\"").First).ToBeVisibleAsync(patient);
        await Assertions.Expect(page.GetByText("\"dirichlet_multinomial\"").First).ToBeVisibleAsync(patient);

        await page.GotoAsync(new Uri(keyed.App.Address, "/docs#tag/models-and-strategies/GET/v1/strategies").AbsoluteUri, new PageGotoOptions { Timeout = Patience });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("Test Request.*strategies", RegexOptions.None, TimeSpan.FromSeconds(5)) }).First
            .ClickAsync();
        await page.GetByPlaceholder("Token").Last.FillAsync(KeyedApi.Key("alice"));
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^Send", RegexOptions.None, TimeSpan.FromSeconds(5)) }).First.ClickAsync(),
            response => new Uri(response.Url).AbsolutePath == "/v1/strategies");
        Assert.Equal(200, answer.Status);
        Assert.Equal($"Bearer {KeyedApi.Key("alice")}", await answer.Request.HeaderValueAsync("authorization"));
    }
}
