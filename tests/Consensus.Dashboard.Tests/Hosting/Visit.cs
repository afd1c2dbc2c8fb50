using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Consensus.Dashboard.Tests.Hosting;

/// <summary>A reader's visit in a browser of its own. Whatever the browser complains about is kept, and so is every address it asks.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const float Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _strangers = new();

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public static async Task<Visit> StartAsync(IBrowserContext context, string path)
    {
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) => visit.Keep(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => visit.Keep(true, error);
        page.Dialog += async (_, dialog) =>
        {
            visit.Keep(true, $"a dialog opened: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != new Uri(page.Url is "about:blank" ? request.Url : page.Url).Authority)
            {
                visit._strangers.Enqueue(request.Url);
            }
        };
        await page.GotoAsync(path);
        return visit;
    }

    /// <summary>The form's text box; the form is there when it can be found.</summary>
    public ILocator Question => Page.GetByLabel("Your question");

    public ILocator ByRole(AriaRole role, string name, bool exact = false) => Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = exact });

    public ILocator Text(string text) => Page.GetByText(text).First;

    public Task SeeAsync(string text) => Assertions.Expect(Text(text)).ToBeVisibleAsync();

    public async Task AskAsync(string question)
    {
        await Question.FillAsync(question);
        await Question.PressAsync("Control+Enter");
    }

    /// <summary>The browser had nothing to complain about, everything came from the dashboard, and nothing stands out of the window.</summary>
    public async Task AssertCleanAsync()
    {
        Assert.Empty(_complaints);
        Assert.Empty(_strangers);
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Keep(bool bad, string what)
    {
        if (bad)
        {
            _complaints.Enqueue(what);
        }
    }
}
