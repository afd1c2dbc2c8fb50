using Consensus.AppHost.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Puts a system together.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Settings files, user secrets, environment and arguments.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Where the AppHost runs.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Whether the system is run or published.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Finishes the model.</summary>
    DistributedApplication Build();
}

/// <summary>Whether the system is run or published.</summary>
public sealed class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext(bool publish) => IsPublishMode = publish;

    /// <summary>Whether only the manifest is written.</summary>
    public bool IsPublishMode { get; }

    /// <summary>Whether the system is started here.</summary>
    public bool IsRunMode => !IsPublishMode;
}

/// <summary>The model under construction.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(string[] args)
    {
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ApplicationName = typeof(DistributedApplicationBuilder).Assembly.GetName().Name,
            ContentRootPath = AppHostFolder.Path,
        });
        ExecutionContext = new DistributedApplicationExecutionContext(publish: Configuration["publisher"] is not null || Configuration["operation"] == "publish");
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public List<Resource> Resources { get; } = [];

    public IResourceBuilder<T> Add<T>(T resource)
        where T : Resource
    {
        if (Resources.Exists(other => other.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException($"There are two resources with the name '{resource.Name}'.");
        }

        Resources.Add(resource);
        return new ResourceBuilder<T>(resource);
    }

    public DistributedApplication Build() => new(this);
}
