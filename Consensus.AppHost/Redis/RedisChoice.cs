using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Redis;

/// <summary>Where the system's Redis comes from: a container, a configured address, or Garnet in this process.</summary>
internal sealed class RedisChoice : IDisposable
{
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

        if (ContainerRuntime.Answers())
        {
            return new(builder.AddRedis(name).WithDataVolume());
        }

        var garnet = StartGarnet();
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

    private static GarnetRedis? StartGarnet()
    {
        try
        {
            var garnet = GarnetRedis.Start();
            Console.WriteLine("No container runtime answers: Redis is Garnet, in this process.");
            return garnet;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"No container runtime answers and Garnet cannot start ({error.Message}): going on without Redis.");
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
