using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Consensus.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Consensus.ServiceDefaults.Tests;

/// <summary>What of a caller's trace context is taken over and goes out again, and what a server takes at all.</summary>
public sealed class TraceContextTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task TheIdsOfACallersTraceAreTakenOverAndItsTextsAreNot()
    {
        string? seen = null;
        string? sentOn = null;
        await using var service = await TestService.StartAsync(map: app =>
        {
            app.MapGet("/outer", async () =>
            {
                var current = Activity.Current!;
                seen = $"{current.TraceId} [{current.TraceStateString}] [{string.Join(',', current.Baggage)}] [{string.Join(',', Baggage.Current.GetBaggage())}]";
                using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
                return await client.GetStringAsync(new Uri("/inner", UriKind.Relative));
            });
            app.MapGet("/inner", (HttpRequest request) => sentOn = string.Join(' ', request.Headers.Select(h => $"{h.Key}={h.Value}")));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/outer");
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
        request.Headers.TryAddWithoutValidation("tracestate", "caller=zq7");
        request.Headers.TryAddWithoutValidation("baggage", "caller=zq7");
        request.Headers.TryAddWithoutValidation("Correlation-Context", "caller=zq7");

        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{TraceId} [] [] []", seen);
        Assert.Contains($"traceparent=00-{TraceId}-", sentOn, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7", sentOn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServersHaveTheirLimitsAndTellNothingOfThemselves()
    {
        await using var service = await TestService.StartAsync(map: app => app.MapGet("/", () => "x"));
        var server = service.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;

        Assert.False(server.AddServerHeader);
        Assert.Equal(
            (ServerDefaults.HeaderBytes, ServerDefaults.Headers, ServerDefaults.RequestLineBytes, ServerDefaults.HeadersWithin, ServerDefaults.KeepAlive, ServerDefaults.BodyBytes),
            (server.Limits.MaxRequestHeadersTotalSize, server.Limits.MaxRequestHeaderCount, server.Limits.MaxRequestLineSize, server.Limits.RequestHeadersTimeout, server.Limits.KeepAliveTimeout,
                server.Limits.MaxRequestBodySize));
    }

    [Theory]
    [InlineData(ServerDefaults.Headers + 1, 1, 1, "431")]
    [InlineData(1, ServerDefaults.HeaderBytes, 1, "431")]
    [InlineData(1, 1, ServerDefaults.RequestLineBytes, "414")]
    [InlineData(ServerDefaults.Headers - 2, 1, 1, "200")]
    public async Task AHeadBeyondTheLimitsIsRefused(int headers, int headerBytes, int lineBytes, string status)
    {
        await using var service = await TestService.StartAsync(map: app => app.MapGet("/", () => "x"));
        var head = new StringBuilder($"GET /?{new string('q', lineBytes)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (var i = 0; i < headers; i++)
        {
            head.Append($"X-{i}: {new string('h', headerBytes)}\r\n");
        }

        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), TestContext.Current.CancellationToken);

        Assert.StartsWith($"HTTP/1.1 {status}", await new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
