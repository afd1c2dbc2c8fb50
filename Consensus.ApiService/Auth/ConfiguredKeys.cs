using System.Buffers;
using Consensus.ApiService.Hosting;
using Consensus.Storage.Keys;

namespace Consensus.ApiService.Auth;

/// <summary>The configured keys: <c>Auth:Keys:{name}</c> with <c>Hash</c> (<c>sha256:</c> and 64 hexadecimal digits) or <c>Key</c>, and
/// <c>Scopes</c>. Only hashes are kept.</summary>
internal static class ConfiguredKeys
{
    private const int LeastKeyCharacters = 20;
    private const int HashBytes = 32;
    private const string Prefix = "sha256:";

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <exception cref="StartRefusedException">A key is not usable; the message names every fault.</exception>
    public static IReadOnlyList<ApiKey> From(IConfiguration configuration)
    {
        var faults = new List<string>();
        var keys = configuration.GetSection("Auth:Keys").GetChildren().Select(section => Read(section, faults)).OfType<ApiKey>().ToArray();
        faults.AddRange(keys.GroupBy(k => Convert.ToHexString(k.Hash)).Where(g => g.Count() > 1)
            .Select(g => $"{string.Join(" and ", g.Select(k => $"Auth:Keys:{k.Name}"))} are the same key."));
        return faults.Count == 0 ? keys : throw new StartRefusedException(string.Join(' ', faults));
    }

    private static ApiKey? Read(IConfigurationSection section, List<string> faults)
    {
        var before = faults.Count;
        var scopes = ScopesOf(section.GetSection("Scopes"));
        var unknown = scopes.Except(Scopes.All).ToArray();
        if (scopes.Length == 0 || unknown.Length > 0)
        {
            var wrong = unknown.Length > 0 ? $", not {string.Join(", ", unknown)}" : "";
            faults.Add($"{section.Path}:Scopes must name one or more of {string.Join(", ", Scopes.All)}{wrong}.");
        }

        var hash = (section["Hash"], section["Key"]) switch
        {
            ({ Length: > 0 } text, null or "") => HashOf(section, text, faults),
            (null or "", { Length: >= LeastKeyCharacters } key) => KeySecret.HashOf(key),
            (null or "", { Length: > 0 }) => Fault(faults, $"{section.Path}:Key has fewer than {LeastKeyCharacters} characters: make a random one."),
            (null or "", _) => Fault(faults, $"{section.Path} has neither Hash nor Key."),
            _ => Fault(faults, $"{section.Path} has both Hash and Key: give one."),
        };
        return faults.Count == before ? new ApiKey(section.Key, hash!, scopes) : null;
    }

    private static byte[]? HashOf(IConfigurationSection section, string text, List<string> faults)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + (2 * HashBytes)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Hexadecimal) < 0)
        {
            return Convert.FromHexString(text.AsSpan(Prefix.Length));
        }

        return Fault(faults, $"{section.Path}:Hash must be {Prefix} and 64 hexadecimal digits.");
    }

    private static byte[]? Fault(List<string> faults, string fault)
    {
        faults.Add(fault);
        return null;
    }

    /// <summary>A list, or one text with commas or spaces, as an environment variable can hold it.</summary>
    private static string[] ScopesOf(IConfigurationSection section)
    {
        var listed = section.GetChildren().Select(c => c.Value ?? "").Append(section.Value ?? "");
        return [.. listed.SelectMany(text => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Distinct()];
    }
}
