namespace Aspire.Hosting;

/// <summary>Says how resources belong together.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Sets a variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    /// <summary>Sets a variable to a parameter's value.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource.Reference);

    /// <summary>Sets variables when the resource starts or is published.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment
    {
        Project(builder).Environment.Add(callback);
        return builder;
    }

    /// <summary>Hands a connection string on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            var name = connectionName ?? source.Resource.Name;
            if (source.Resource is RedisResource redis)
            {
                context.EnvironmentVariables[$"ConnectionStrings__{name}"] = redis.ConnectionString;
                foreach (var (suffix, value) in redis.Parts)
                {
                    context.EnvironmentVariables[$"{name.ToUpperInvariant()}_{suffix}"] = value;
                }
            }
            else if (source.Resource is ConnectionStringResource published && context.ExecutionContext.IsPublishMode)
            {
                context.EnvironmentVariables[$"ConnectionStrings__{name}"] = published.Reference;
            }
            else if (source.Resource is ConnectionStringResource { Value: { Length: > 0 } value })
            {
                context.EnvironmentVariables[$"ConnectionStrings__{name}"] = value;
            }
            else if (!optional)
            {
                throw new InvalidOperationException($"ConnectionStrings:{name} is not configured.");
            }
        });

    /// <summary>Hands the addresses of a service on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            var service = Project(source);
            // A published service listens with TLS too; a local one at the endpoints it has.
            var endpoints = context.ExecutionContext.IsPublishMode ? ["http", "https"] : service.Endpoints.Select(endpoint => endpoint.Name);
            foreach (var endpoint in endpoints)
            {
                var url = new Reference(() => service.Http.Url, $"{{{service.Name}.bindings.{endpoint}.url}}");
                context.EnvironmentVariables[$"{service.Name.ToUpperInvariant()}_{endpoint.ToUpperInvariant()}"] = url;
                context.EnvironmentVariables[$"services__{service.Name}__{endpoint}__0"] = url;
            }
        });

    /// <summary>Starts a resource when another one is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        Project(builder).WaitsFor.Add(dependency.Resource);
        return builder;
    }

    /// <summary>Counts a resource as healthy when a path answers 200.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        if (statusCode is not (null or 200) || endpointName is not (null or "http"))
        {
            throw new NotSupportedException("The standalone mode expects 200 from the http endpoint.");
        }

        Project(builder).HealthPath = path ?? "/";
        _ = Project(builder).Http;
        return builder;
    }

    /// <summary>Adds an endpoint; any free port when none is given.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null)
        where T : IResourceWithEndpoints
    {
        if (targetPort is not null || env is not null || isProxied is true || Project(builder).Endpoints.Count > 0)
        {
            throw new NotSupportedException("The standalone mode gives a project one endpoint and no proxy.");
        }

        Project(builder).Endpoints.Add(new Endpoint(Project(builder), name ?? "http", port));
        return builder;
    }

    /// <summary>Opens the endpoints of a published resource to the world.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        Project(builder).Endpoints.ForEach(endpoint => endpoint.IsExternal = true);
        return builder;
    }

    /// <summary>Shows a link for an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource
    {
        _ = endpointName == "http" ? true : throw new NotSupportedException("The standalone mode knows http endpoints only.");
        Project(builder).Urls.Add(callback);
        return builder;
    }

    /// <summary>Leaves a resource out of the manifest.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        ((Resource)(object)builder.Resource).ExcludedFromManifest = true;
        return builder;
    }

    private static ProjectResource Project<T>(IResourceBuilder<T> builder)
        where T : IResource =>
        builder.Resource as ProjectResource ?? throw new NotSupportedException($"The standalone mode knows this for projects only, not for '{builder.Resource.Name}'.");
}
