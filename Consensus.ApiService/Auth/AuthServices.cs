using Consensus.ApiService.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;

namespace Consensus.ApiService.Auth;

/// <summary>Keys, scopes, and the rule where the API may listen.</summary>
internal static class AuthServices
{
    public static WebApplicationBuilder AddKeys(this WebApplicationBuilder builder)
    {
        var rules = AccessRules.From(builder.Configuration);
        ListenAddresses.UseDefault(builder);
        ListenAddresses.Check(builder.Configuration, rules);
        builder.Services.AddSingleton(rules);
        builder.Services.AddSingleton<LoopbackGuard>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => services.GetRequiredService<LoopbackGuard>());
        builder.Services.AddHostedService<AccessNotice>();
        // The core services only: the others would make and store data protection keys, which nothing here needs.
        builder.Services.AddWebEncoders();
        builder.Services.AddTransient<KeyAuthentication>();
        builder.Services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = KeyAuthentication.SchemeName;
            options.AddScheme<KeyAuthentication>(KeyAuthentication.SchemeName, displayName: null);
        });
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(scope, policy => policy.RequireAuthenticatedUser().RequireClaim(Caller.ScopeClaim, scope));
        }

        authorization.AddPolicy(Policies.RunOrRead, policy => policy.RequireAuthenticatedUser().RequireClaim(Caller.ScopeClaim, Scopes.Run, Scopes.Read));
        authorization.AddPolicy(
            Policies.RunReadOrWorker, policy => policy.RequireAuthenticatedUser().RequireClaim(Caller.ScopeClaim, Scopes.Run, Scopes.Read, Scopes.Worker));
        authorization.AddPolicy(Policies.Metrics, policy => policy.AddRequirements(new MetricsAccess()));
        builder.Services.AddSingleton<IAuthorizationHandler, MetricsAccessHandler>();
        return builder;
    }
}

/// <summary>May read the metrics.</summary>
internal sealed class MetricsAccess : IAuthorizationRequirement;

/// <summary>Open where only this machine can connect or the configuration says so, else for <c>read</c> and <c>admin</c>.</summary>
internal sealed class MetricsAccessHandler(AccessRules rules, LoopbackGuard guard) : AuthorizationHandler<MetricsAccess>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, MetricsAccess requirement)
    {
        if (rules.OpenMetrics || guard.AllLoopback || context.User.HasClaim(c => c is { Type: Caller.ScopeClaim, Value: Scopes.Read or Scopes.Admin }))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Says at start, in one line, who may call.</summary>
internal sealed partial class AccessNotice(AccessRules rules, ILogger<AccessNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (rules.Keys.IsEmpty)
        {
            LogNoKeys();
        }
        else if (rules.AnonymousLoopback)
        {
            LogAnonymous(string.Join(", ", rules.Keys.Names));
        }
        else
        {
            LogKeys(string.Join(", ", rules.Keys.Names));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "No keys are configured (Auth:Keys): the API listens on loopback only, and every program on this machine may call it")]
    private partial void LogNoKeys();

    [LoggerMessage(LogLevel.Warning, "Auth:Anonymous is loopback: the API listens on loopback only, and every program on this machine may run and read without one of the keys {Keys}")]
    private partial void LogAnonymous(string keys);

    [LoggerMessage(LogLevel.Information, "Callers need one of the keys {Keys}")]
    private partial void LogKeys(string keys);
}
