using System.Net;
using System.Net.Sockets;
using Consensus.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Consensus.Dashboard.Tests.Hosting.Site))]

namespace Consensus.Dashboard.Tests.Hosting;

/// <summary>What all page tests share: the canned API, the dashboard before it, another whose API is down, and the browser. Each is started when first needed.</summary>
public sealed class Site : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private DashboardProcess? _dashboard;

    internal CannedApi Api { get; private set; } = null!;

    internal Uri Address => _dashboard!.Address;

    public async ValueTask InitializeAsync()
    {
        Api = await CannedApi.StartAsync();
        _dashboard = await DashboardProcess.StartAsync(Api.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_dashboard is not null)
        {
            await _dashboard.DisposeAsync();
        }

        await Api.DisposeAsync();
    }

    /// <summary>The API as it is on a quiet day.</summary>
    internal CannedApi Quiet()
    {
        Api.Requests.Clear();
        return Offer(Api);
    }

    internal static CannedApi Offer(CannedApi api) => api
        .On("GET /v1/models", 200, CannedRuns.ModelsJson())
        .On("GET /v1/strategies", 200, CannedRuns.StrategiesJson())
        .On("GET /v1/runs", 200, """{"items":[],"next":null}""");

    internal async Task<Visit> OpenAsync(string path = "/", int width = 1280, ColorScheme colours = ColorScheme.Light, Uri? at = null)
    {
        Chromium.Require();
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await Chromium.LaunchAsync(_playwright);
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (at ?? Address).ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colours,
        });
        return await Visit.StartAsync(context, path);
    }

    internal static int UnusedPort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
