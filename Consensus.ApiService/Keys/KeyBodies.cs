using Consensus.ApiService.Auth;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;

namespace Consensus.ApiService.Keys;

/// <summary>Keys as the API shows them.</summary>
internal static class KeyBodies
{
    public static KeyList List(KeyRing ring, DateTimeOffset now) => new([.. ring.Configured.Select(Of), .. ring.Stored.Select(key => Of(key, ring, now))]);

    /// <summary>A key by its name; <c>null</c> when there is none.</summary>
    public static KeyBody? Find(KeyRing ring, string name, DateTimeOffset now) => List(ring, now).Items.FirstOrDefault(key => key.Name == name);

    /// <summary>A stored key by its name, also where a configured one is taken in its place; <c>null</c> when there is none.</summary>
    public static KeyBody? FindStored(KeyRing ring, string name, DateTimeOffset now) =>
        ring.Stored.FirstOrDefault(key => key.Name == name) is { } key ? Of(key, ring, now) : null;

    private static KeyBody Of(ApiKey key) => new() { Name = key.Name, Source = KeySource.Configured, State = KeyState.Active, Scopes = key.Scopes };

    private static KeyBody Of(StoredKey key, KeyRing ring, DateTimeOffset now) =>
        key.ToBody(now) is var body && key.RevokedAt is null && ring.Shadowed.Contains(key) ? body with { State = KeyState.Shadowed } : body;
}
