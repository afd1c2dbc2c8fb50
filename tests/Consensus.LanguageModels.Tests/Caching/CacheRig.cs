using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.LanguageModels.Tests.Caching;

/// <summary>A cache before a model of the test's own.</summary>
internal sealed class CacheRig : IDisposable
{
    public static readonly ModelEntry Model = new() { Id = "p/m", Provider = "p", ProviderKind = "openai", Name = "m", Family = "f" };

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly AnswerLevels _levels;
    private int _asked;

    public CacheRig(TimeSpan? ttl = null, long memoryBytes = 1_000_000, IDistributedCache? outside = null, byte[]? secret = null, TimeProvider? time = null)
    {
        var settings = new AnswerCacheSettings(ttl ?? TimeSpan.FromHours(1), memoryBytes, Shared: false);
        var vault = new AnswerVault(secret ?? SHA256.HashData("test"u8));
        _levels = new AnswerLevels(settings, vault, outside, NullLoggerFactory.Instance);
        Cache = new AnswerCache(
            AnswerAsync, id => id == Model.Id ? (Model, new Uri("https://p.example/")) : null, settings, vault, _levels,
            new ModelInstruments(_services.GetRequiredService<IMeterFactory>()), time ?? TimeProvider.System);
    }

    public AnswerCache Cache { get; }

    /// <summary>How often the model was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What the model answers; the number of the call is counted from 1.</summary>
    public Func<int, ModelCall, CancellationToken, Task<ModelReply>> Answers { get; set; } = (n, _, _) => Task.FromResult(Says($"answer {n}"));

    public static ModelReply Says(string text, string finish = "stop") => new()
    {
        Text = text, FinishReason = finish, ProviderModel = "m-1", Attempts = 1, Latency = TimeSpan.FromSeconds(1), InputTokens = 10, OutputTokens = 5, CostUsd = 0.01m,
    };

    public static ModelReply Fails(FailureReason reason) => new() { Failure = reason, FailureMessage = "scripted", Attempts = 2, MayBeBilled = true };

    public static ModelCall Call(string text = "Why?", int sample = 0, string? owner = "alice") =>
        new() { Model = Model.Id, Messages = [new ChatMessage(ChatRole.User, text)], Temperature = 0, Cache = new AnswerCaching(owner, sample) };

    public Task<ModelReply> AskAsync(ModelCall? call = null, CancellationToken? cancel = null) =>
        Cache.AskAsync(call ?? Call(), cancel ?? TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Cache.Dispose();
        _services.Dispose();
    }

    private async Task<ModelReply> AnswerAsync(ModelCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await Answers(Interlocked.Increment(ref _asked), call, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // As the caller of models does.
            return new ModelReply { Failure = FailureReason.Cancelled, FailureMessage = "The call was cancelled.", Attempts = 1, MayBeBilled = true };
        }
    }
}

/// <summary>A store outside of the process that keeps what it is given, or fails.</summary>
internal sealed class OutsideStore : IDistributedCache
{
    public ConcurrentDictionary<string, byte[]> Kept { get; } = new();

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Kept.GetValueOrDefault(key));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Kept[key] = value;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Kept.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();
}
