using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Adds a Redis with a generated password.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        if (port is not null || password is not null)
        {
            throw new NotSupportedException("The standalone mode publishes Redis with its default port and a generated password.");
        }

        if (builder.ExecutionContext.IsRunMode)
        {
            throw new NotSupportedException("The standalone mode starts no containers.");
        }

        var host = builder.Environment.ApplicationName.ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)))[..10];
        return ((DistributedApplicationBuilder)builder).Add(new RedisResource(name, $"{host}-{hash}-{name}-data"));
    }

    /// <summary>Keeps the data of a published Redis in a volume.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        if (name is not null || isReadOnly)
        {
            throw new NotSupportedException("The standalone mode knows the default volume only.");
        }

        builder.Resource.HasVolume = true;
        return builder;
    }
}
