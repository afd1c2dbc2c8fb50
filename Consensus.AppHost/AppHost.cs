using Consensus.AppHost.Redis;
using Consensus.AppHost.Services;

var builder = DistributedApplication.CreateBuilder(args);

using var redis = builder.AddRedisOrGarnet("redis");

var adminKey = builder.AddKey("admin-key");
var workerKey = builder.AddKey("worker-key");
var dashboardKey = builder.AddKey("dashboard-key");
var providers = Providers.Of(builder);

var api = builder.AddService<Projects.Consensus_ApiService>("api")
    .WithRedis(redis)
    .WithKey("admin", adminKey, "run", "read", "admin")
    .WithKey("worker", workerKey, "worker", "read")
    .WithKey("dashboard", dashboardKey, "run", "read")
    .WithRunStore(builder)
    .WithProviders(providers)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url =>
    {
        url.Url = "/docs";
        url.DisplayText = "docs";
    });

var scoring = builder.AddService<Projects.Consensus_Scoring>("scoring")
    .WithRedis(redis)
    .WithReference(api)
    .WaitFor(api)
    .WithEnvironment("Api__Key", workerKey)
    .WithProviders(providers)
    .WithHttpHealthCheck("/health");

// Not open to the world where it is published: it asks with a key of its own, and knows no sign-in.
builder.AddService<Projects.Consensus_Dashboard>("dashboard")
    .WithRedis(redis)
    .WithReference(api)
    .WaitFor(api)
    .WithEnvironment("Api__Key", dashboardKey)
    .WithHttpHealthCheck("/health");

// Simulated models, a folder of this machine and requests without a key are for local runs only.
if (builder.ExecutionContext.IsRunMode)
{
    var models = builder.AddService<Projects.Consensus_ModelSimulator>("models")
        .WithHttpHealthCheck("/health")
        .ExcludeFromManifest();

    api.WithReference(models)
        .WaitFor(models)
        .WithStorageFolder(builder)
        .WithEnvironment("Auth__Anonymous", "loopback")
        .WithEnvironment("ShutdownTimeoutSeconds", "15");

    scoring.WithReference(models)
        .WaitFor(models);
}

builder.Build().Run();
