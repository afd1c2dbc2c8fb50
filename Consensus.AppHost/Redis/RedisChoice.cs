using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Redis;

/// <summary>Where the system's Redis comes from: a container, a configured address, or Garnet in this process.</summary>
internal sealed class RedisChoice : IDisposable
{
    // Aspire's own members are in an assembly of Aspire; the standalone mode's are in this one.
    private static readonly bool s_isStandalone = typeof(DistributedApplication).Assembly == typeof(RedisChoice).Assembly;

    private readonly IResourceBuilder<RedisResource>? _container;
    private readonly IResourceBuilder<IResourceWithConnectionString>? _address;
    private readonly IDisposable? _server;

    private RedisChoice(IResourceBuilder<RedisResource> container) => _container = container;

    private RedisChoice(IResourceBuilder<IResourceWithConnectionString> address, IDisposable? server)
    {
        _address = address;
        _server = server;
    }

    public static RedisChoice Make(IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new(builder.AddRedis(name).WithDataVolume());
        }

        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)))
        {
            return new(builder.AddConnectionString(name), server: null);
        }

        var runtimeAnswers = ContainerRuntime.Answers();
        if (runtimeAnswers && !s_isStandalone)
        {
            return new(builder.AddRedis(name).WithDataVolume());
        }

        var garnet = StartGarnet(runtimeAnswers ? "The standalone mode starts no containers" : "No container runtime answers");
        builder.Configuration[$"ConnectionStrings:{name}"] = garnet?.ConnectionString ?? "";
        return new(builder.AddConnectionString(name), garnet);
    }

    public void Connect(IResourceBuilder<ProjectResource> project)
    {
        if (_container is not null)
        {
            project.WithReference(_container).WaitFor(_container);
        }
        else
        {
            // Optional: a service without Redis is degraded, and still answers.
            project.WithReference(_address!, optional: true);
        }
    }

    public void Dispose() => _server?.Dispose();

    private static GarnetRedis? StartGarnet(string why)
    {
        try
        {
            var garnet = GarnetRedis.Start();
            Console.WriteLine($"{why}: Redis is Garnet, in this process.");
            return garnet;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"{why} and Garnet cannot start ({error.Message}): going on without Redis.");
            return null;
        }
    }
}

internal static class RedisChoiceExtensions
{
    public static RedisChoice AddRedisOrGarnet(this IDistributedApplicationBuilder builder, string name) => RedisChoice.Make(builder, name);

    public static IResourceBuilder<ProjectResource> WithRedis(this IResourceBuilder<ProjectResource> project, RedisChoice redis)
    {
        redis.Connect(project);
        return project;
    }
}
