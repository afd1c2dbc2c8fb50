using System.Security.Cryptography;

namespace Consensus.Storage.Audit.Keys;

/// <summary>The key that signs, and those that did before.</summary>
internal sealed class AuditKeyRing
{
    private readonly Dictionary<string, AuditKey> _keys;

    /// <param name="current">The key that signs.</param>
    /// <param name="old">Keys whose entries are verified.</param>
    public AuditKeyRing(AuditKey current, params IEnumerable<AuditKey> old)
    {
        Current = current;
        _keys = old.Append(current).DistinctBy(static key => key.Id).ToDictionary(static key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>The key that signs.</summary>
    public AuditKey Current { get; }

    /// <summary>A key by its id; null when it is not known.</summary>
    public AuditKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <summary>Takes the configured key, else the one in the folder.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="folder">The storage folder.</param>
    /// <param name="mayMake">Whether a key is made in the folder where there is none.</param>
    /// <returns>The keys; null without any.</returns>
    /// <exception cref="IOException">The key file cannot be read or written, or is not one.</exception>
    public static AuditKeyRing? Load(AuditOptions options, string folder, bool mayMake)
    {
        var file = Path.Combine(folder, AuditOptions.DefaultKeyFile);
        var inFolder = Read(file);
        var old = options.OldKeys.Select(static key => AuditKey.TryRead(key)!);
        if (options.Key is { Length: > 0 } configured)
        {
            // The key of the folder signed before one was configured.
            return new AuditKeyRing(AuditKey.TryRead(configured)!, inFolder is null ? old : old.Append(inFolder));
        }

        inFolder ??= mayMake ? Make(file) : null;
        return inFolder is null ? null : new AuditKeyRing(inFolder, old);
    }

    private static AuditKey? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        return AuditKey.TryRead(File.ReadAllText(file)) ?? throw new IOException($"{file} is not an audit key: Base64 of at least {AuditKey.MinBytes} bytes.");
    }

    /// <summary>Makes a key for this user alone.</summary>
    private static AuditKey Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var secret = RandomNumberGenerator.GetBytes(AuditKey.MinBytes);
        using (var created = new StreamWriter(file, options))
            created.Write(Convert.ToBase64String(secret));
        return new AuditKey(secret);
    }
}
