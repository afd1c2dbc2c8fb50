using Consensus.ApiService.Auth.Tokens;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;

namespace Consensus.ApiService.Auth;

/// <summary>Keys, tokens, scopes, and the rule where the API may listen.</summary>
internal static class AuthServices
{
    public static WebApplicationBuilder AddKeys(this WebApplicationBuilder builder)
    {
        var keys = new KeyHolder(ConfiguredKeys.From(builder.Configuration));
        var rules = AccessRules.From(builder.Configuration, keys);
        ListenAddresses.UseDefault(builder);
        if (KeyStore.IsAbsent(builder.Configuration, builder.Environment.ContentRootPath))
        {
            keys.Take([]);
        }

        // What is known to be wrong is said before anything is begun; what depends on the store when that has been read.
        if (!rules.IsUnknown)
        {
            ListenAddresses.Check(builder.Configuration, rules);
        }

        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(rules);
        builder.Services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KeyRegister>();
        builder.Services.AddSingleton<KeyUse>();
        builder.Services.AddHostedService<AccessStart>();
        builder.Services.AddHostedService<KeyWatch>();
        builder.Services.AddSingleton<LoopbackGuard>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => services.GetRequiredService<LoopbackGuard>());
        // The core services only: the others would make and store data protection keys, which nothing here needs.
        builder.Services.AddWebEncoders();
        builder.Services.AddTransient<KeyAuthentication>();
        builder.Services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = KeyAuthentication.SchemeName;
            options.AddScheme<KeyAuthentication>(KeyAuthentication.SchemeName, displayName: null);
        });
        builder.Services.AddTokens(rules.Tokens);
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
