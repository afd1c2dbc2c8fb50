using System.Globalization;
using Consensus.ApiService.Caching;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;

namespace Consensus.ApiService.Tests.Caching;

/// <summary>What <c>docs/caching.md</c> says of settings is so.</summary>
public sealed class CachingPageTests
{
    [Fact]
    public void TheDefaultsAreThoseOfTheCode()
    {
        var settings = CacheSettings.Read(new ConfigurationBuilder().Build());
        var rows = Repository.Read("docs/caching.md").Split('\n').Where(line => line.StartsWith("| `Cache:", StringComparison.Ordinal)).ToList();
        (string Name, string Default)[] documented =
        [
            ("Enabled", $"`{Word(settings.Enabled)}`"), ("Ttl", $"`{settings.Ttl:c}`"), ("MemoryMegabytes", settings.MemoryMegabytes.ToString(CultureInfo.InvariantCulture)),
            ("Shared", $"`{Word(settings.Shared)}`"), ("Redis", $"`{Word(settings.Redis)}`"),
            ("RedisTimeout", $"`{settings.RedisTimeout.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0')}`"), ("Key", ""),
        ];
        Assert.Equal(documented.Select(setting => $"| `Cache:{setting.Name}` | {setting.Default} |".Replace("|  |", "| |", StringComparison.Ordinal)),
            rows.Select(row => string.Join('|', row.Split('|')[..3]) + "|"));

        static string Word(bool flag) => flag ? "true" : "false";
    }
}
