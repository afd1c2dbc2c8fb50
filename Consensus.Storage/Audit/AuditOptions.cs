namespace Consensus.Storage.Audit;

/// <summary>The section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The name of the file in the storage folder that holds the key when none is configured.</summary>
    public const string DefaultKeyFile = "audit.key";

    /// <summary>The name of the file of signed heads.</summary>
    public const string DefaultHeadFile = "audit-heads.jsonl";

    /// <summary>The environment's name of <see cref="Key"/>.</summary>
    public const string KeyVariable = "Audit__Key";

    private const string HeadFileVariable = "Audit__HeadFile";

    /// <summary>
    /// The secret that entries are signed with: Base64 of at least 32 bytes, from the environment or user secrets. Without one, a key is made at first start in the
    /// storage folder: it protects against who has the database but not the folder.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>Secrets that were in use before, in Base64: their entries are verified, nothing is signed with them.</summary>
    public IReadOnlyList<string> OldKeys { get; set; } = [];

    /// <summary>The file to which signed heads are appended, better on another disk; from the storage folder when it is relative.</summary>
    public string HeadFile { get; set; } = DefaultHeadFile;

    /// <summary>How often a head is written while entries come: 1 second to 1 day.</summary>
    public TimeSpan HeadEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many entries a head is written at once: 1 or more.</summary>
    public int HeadEntries { get; set; } = 1000;

    /// <summary>Whether <see cref="HeadFile"/> was named.</summary>
    internal bool NamesHeadFile => HeadFile != DefaultHeadFile;

    /// <summary>The settings of a command, which has no configuration of its own: what the API takes from the environment.</summary>
    /// <param name="read">Reads a variable; <c>null</c>: of the process.</param>
    public static AuditOptions OfEnvironment(Func<string, string?>? read = null)
    {
        read ??= Environment.GetEnvironmentVariable;
        var options = new AuditOptions { Key = read(KeyVariable) };
        options.HeadFile = read(HeadFileVariable) is { Length: > 0 } file ? file : options.HeadFile;
        return options;
    }

    /// <summary>What is wrong with them; empty when nothing is.</summary>
    public IEnumerable<string> Violations()
    {
        if (Key is { Length: > 0 } key && Keys.AuditKey.TryRead(key) is null)
            yield return $"Audit:Key must be Base64 of at least {Keys.AuditKey.MinBytes} bytes.";
        if (OldKeys.Any(static old => Keys.AuditKey.TryRead(old) is null))
            yield return $"Audit:OldKeys must each be Base64 of at least {Keys.AuditKey.MinBytes} bytes.";
        if (string.IsNullOrWhiteSpace(HeadFile))
            yield return "Audit:HeadFile must be the path of a file.";
        if (HeadEvery < TimeSpan.FromSeconds(1) || HeadEvery > TimeSpan.FromDays(1))
            yield return "Audit:HeadEvery must be from 00:00:01 to 1.00:00:00.";
        if (HeadEntries < 1)
            yield return "Audit:HeadEntries must be at least 1.";
    }
}
