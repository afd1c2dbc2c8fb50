using Microsoft.Extensions.Caching.Distributed;

namespace Consensus.LanguageModels.Caching;

/// <summary>Keeps answers in a store outside of the process, sealed. What cannot be opened is as if it were not there.</summary>
internal sealed class SealedCache(IDistributedCache inner, AnswerVault vault) : IDistributedCache
{
    public byte[]? Get(string key) => IsAnswer(key) && inner.Get(key) is { } value ? vault.Open(key, value) : null;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        IsAnswer(key) && await inner.GetAsync(key, token) is { } value ? vault.Open(key, value) : null;

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, vault.Seal(key, value), options);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        inner.SetAsync(key, vault.Seal(key, value), options, token);

    public void Refresh(string key) => inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

    public void Remove(string key) => inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

    /// <summary>The cache also looks for marks of its own, which are never set here.</summary>
    private static bool IsAnswer(string key) => char.IsAsciiHexDigitLower(key[0]);
}
