using System.Globalization;
using System.Text;
using Consensus.LanguageModels.Caching;

namespace Consensus.ApiService.Caching;

/// <summary>The section <c>Cache</c>. A class, not a record: no generated text may print the key.</summary>
internal sealed class CacheSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cache";

    private const int LeastKeyCharacters = AnswerVault.LeastSecretBytes;
    private static readonly string[] Names = ["Enabled", "Ttl", "MemoryMegabytes", "Shared", "Redis", "RedisTimeout", "Key"];

    private readonly IConfigurationSection section;
    private readonly List<string> violations = [];

    private CacheSettings(IConfigurationSection section)
    {
        this.section = section;
        foreach (var child in section.GetChildren().Where(child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            violations.Add($"{child.Path} is no setting; here are {string.Join(", ", Names)}.");
        }

        Enabled = Flag("Enabled", given: false);
        Ttl = Time("Ttl", TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        MemoryMegabytes = Whole("MemoryMegabytes", 64, 1, 16_384);
        Shared = Flag("Shared", given: false);
        Redis = Flag("Redis", given: true);
        RedisTimeout = Time("RedisTimeout", TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        if (Value("Key") is { } key)
        {
            Key = Encoding.UTF8.GetBytes(key);
            if (key.Length < LeastKeyCharacters)
            {
                violations.Add($"{Section}:Key has {key.Length} characters; it takes {LeastKeyCharacters} or more that nobody can guess.");
            }
        }
    }

    /// <summary>Whether answers are kept at all.</summary>
    public bool Enabled { get; }

    /// <summary>For how long.</summary>
    public TimeSpan Ttl { get; }

    /// <summary>The most that answers may take in this process.</summary>
    public int MemoryMegabytes { get; }

    /// <summary>Whether one key's answer serves another's equal question.</summary>
    public bool Shared { get; }

    /// <summary>Whether Redis is the second level, where one is configured.</summary>
    public bool Redis { get; }

    /// <summary>How long Redis may take before it is done without.</summary>
    public TimeSpan RedisTimeout { get; }

    /// <summary>The secret that processes share which read each other's answers; <c>null</c>: the storage folder has one.</summary>
    public byte[]? Key { get; }

    /// <exception cref="Hosting.StartRefusedException">Something is wrong; the message has every fault.</exception>
    public static CacheSettings Read(IConfiguration configuration)
    {
        var settings = new CacheSettings(configuration.GetSection(Section));
        return settings.violations.Count == 0 ? settings : throw new Hosting.StartRefusedException(string.Join(" ", settings.violations));
    }

    private string? Value(string name) => string.IsNullOrEmpty(section[name]) ? null : section[name];

    private bool Flag(string name, bool given)
    {
        if (Value(name) is { } text && !bool.TryParse(text, out given))
        {
            violations.Add($"{Section}:{name} is \"{text}\"; it takes true or false.");
        }

        return given;
    }

    private TimeSpan Time(string name, TimeSpan given, TimeSpan least, TimeSpan most)
    {
        if (Value(name) is { } text && (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out given) || given < least || given > most))
        {
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{Section}:{name} is \"{text}\"; it takes a time from {least:c} to {most:c}."));
        }

        return given;
    }

    private int Whole(string name, int given, int least, int most)
    {
        if (Value(name) is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out given) || given < least || given > most))
        {
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{Section}:{name} is \"{text}\"; it takes a whole number from {least} to {most}."));
        }

        return given;
    }
}
