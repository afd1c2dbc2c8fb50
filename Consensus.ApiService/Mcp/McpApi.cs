using System.Reflection;
using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Metadata;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace Consensus.ApiService.Mcp;

/// <summary>The panel as a tool of the Model Context Protocol, over Streamable HTTP.</summary>
internal static class McpApi
{
    private const string Instructions =
        "Consensus asks one question of several language models and gives one answer that can be defended, or says that there is none. A null answer is a result, not a failure: do not "
        + "take the leader for it. Agreement, confidence and dissent belong to the answer: hand them on.";

    /// <summary>How long a session may rest. Who comes back later begins another: nothing is lost with it.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    private const int IdleSessions = 1_000;

    /// <summary>As JSON-RPC 2.0 has it, section 5.1; which message it was cannot be told any more.</summary>
    private const string InvalidParameters = """{"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"The parameters are not those of this method."}}""";

    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<McpTools>();
        services.AddMcpServer(server =>
            {
                server.ServerInfo = new Implementation { Name = "consensus", Title = "Consensus", Version = Version };
                server.ServerInstructions = Instructions;
            })
            .WithHttpTransport(transport =>
            {
                // Revisions of the protocol up to 2025-11-25 cancel by a message of its own, which finds its request within a session; later ones by breaking off.
                transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
#pragma warning disable MCP9006 // Bounds on what those earlier revisions hold; to go with them.
                transport.IdleTimeout = Idle;
                transport.MaxIdleSessionCount = IdleSessions;
#pragma warning restore MCP9006
            })
            .WithListToolsHandler((request, _) => ValueTask.FromResult(Tools(request.Services!).List(Http(request.Services!))))
            .WithCallToolHandler(async (request, cancellationToken) => await Tools(request.Services!).CallAsync(request, Http(request.Services!), cancellationToken));
        return services;
    }

    public static IEndpointRouteBuilder MapMcp(this IEndpointRouteBuilder app)
    {
        McpEndpointRouteBuilderExtensions.MapMcp(app, ApiPaths.Mcp)
            .RequireAuthorization(Policies.RunOrRead)
            .WithMetadata(new BodyCap(Limits.BodyBytes))
            .WithTags("Model Context Protocol");
        return app;
    }

    /// <summary>Turns away pages of other sites, which could otherwise use a browser on a machine that needs no key (as the protocol's section on security asks for).</summary>
    public static Task CheckOriginAsync(HttpContext http, RequestDelegate next) =>
        !ApiPaths.IsMcp(http.Request) || http.Request.Headers.Origin is not [{ } origin, ..] || IsOurs(origin, http.Request)
            ? next(http)
            : new Problem(ErrorCatalog.Forbidden, "Pages of other sites may not call this address.").ExecuteAsync(http);

    /// <summary>Turns away what the protocol's library takes for a fault of the service: bodies that are not said to be JSON, and parameters that are not those of their method.</summary>
    public static async Task CheckBodyAsync(HttpContext http, RequestDelegate next)
    {
        if (!ApiPaths.IsMcp(http.Request) || !HttpMethods.IsPost(http.Request.Method))
        {
            await next(http);
            return;
        }

        if (!JsonBody.IsSaidToBe(http.Request))
        {
            await new Problem(ErrorCatalog.UnsupportedMediaType).ExecuteAsync(http);
            return;
        }

        try
        {
            await next(http);
        }
        catch (JsonException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(InvalidParameters, http.RequestAborted);
        }
    }

    private static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (LoopbackName.Is(uri.Host) || uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase));

    private static McpTools Tools(IServiceProvider services) => services.GetRequiredService<McpTools>();

    private static HttpContext Http(IServiceProvider services) =>
        services.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("Tools are called over HTTP only.");

    private static string Version =>
        typeof(McpApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private sealed record BodyCap(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
