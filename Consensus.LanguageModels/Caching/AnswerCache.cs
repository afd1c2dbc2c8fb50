using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.Caching.Hybrid;

namespace Consensus.LanguageModels.Caching;

/// <summary>
/// Stands before <see cref="ModelCaller"/>: a call that is the same again, and may be cached, takes the answer of the first and asks nobody. Equal calls at the same
/// time ask once. Above the limits and breakers of providers, so that a hit takes no place.
/// </summary>
public sealed class AnswerCache : IDisposable
{
    /// <summary>How long after its own time a call waits for another's, which ends by itself at that time; and how long one that was cancelled has to say what it used.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(20);

    private readonly Func<ModelCall, CancellationToken, Task<ModelReply>> _ask;
    private readonly Func<string, (ModelEntry Model, Uri Endpoint)?> _find;
    private readonly AnswerCacheSettings _settings;
    private readonly AnswerVault _vault;
    private readonly AnswerLevels _levels;
    private readonly ModelInstruments _instruments;
    private readonly TimeProvider _time;

    internal AnswerCache(
        Func<ModelCall, CancellationToken, Task<ModelReply>> ask, Func<string, (ModelEntry Model, Uri Endpoint)?> find, AnswerCacheSettings settings, AnswerVault vault,
        AnswerLevels levels, ModelInstruments instruments, TimeProvider time) =>
        (_ask, _find, _settings, _vault, _levels, _instruments, _time) = (ask, find, settings, vault, levels, instruments, time);

    /// <summary>Asks one model, or takes the answer that is kept. Every failure is a value.</summary>
    /// <exception cref="KeyNotFoundException">The catalog has no such model.</exception>
    public async Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
    {
        if (call.Cache is null || _find(call.Model) is not { } asked)
            return await _ask(call, cancellationToken);

        var name = _vault.Name(AnswerKey.Of(call, asked.Model, asked.Endpoint, _settings.Shared));
        var (began, at) = (_time.GetTimestamp(), _time.GetUtcNow());
        while (true)
        {
            var own = new OwnCall(call with { Timeout = call.Timeout - _time.GetElapsedTime(began) });
            var (reply, result) = await LookAsync(name, own, (began, at), cancellationToken);
            if (reply is not null)
            {
                _instruments.Looked(asked.Model, result);
                return reply;
            }

            if (call.Timeout is { } limit && _time.GetElapsedTime(began) >= limit)
                return OutOfTime;
        }
    }

    public void Dispose() => _levels.Dispose();

    private static ModelReply OutOfTime => new() { Failure = FailureReason.Timeout, FailureMessage = "No answer came in time to an equal call that was waited for." };

    /// <summary>One look. Null when it must be looked again: the call that was waited for had less time than this one, or what was found is too old.</summary>
    private async Task<(ModelReply? Reply, CacheResult Result)> LookAsync(
        string name, OwnCall own, (long Stamp, DateTimeOffset At) began, CancellationToken cancellationToken)
    {
        using var limit = own.Call.Timeout is { } left ? new CancellationTokenSource(left > TimeSpan.Zero ? left + Lag : TimeSpan.Zero, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var kept = await _levels.Cache.GetOrCreateAsync(
                name, (Self: this, own), static (state, cancel) => state.Self.FlyAsync(state.own, cancel), _levels.Entry, cancellationToken: either.Token);
            if (own.Reply is { } reply)
                return (reply, CacheResult.Asked);
            if (Read(kept) is not { } answer)
                return await ForgetAsync(name, either.Token);
            // Given after this call began, it was waited for.
            return answer.At > began.At
                ? (answer.ToReply(_time.GetElapsedTime(began.Stamp)), CacheResult.Joined)
                : (answer.ToReply(TimeSpan.Zero), CacheResult.Hit);
        }
        catch (NotKeptException notKept)
        {
            return own.Reply is { } reply ? (reply, CacheResult.NotKept) : (Shared(notKept.Reply, _time.GetElapsedTime(began.Stamp)), CacheResult.Joined);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var given = cancellationToken.IsCancellationRequested
                ? own.GiveUpAsync(FailureReason.Cancelled, "The call was cancelled.", Lag, _time)
                : own.GiveUpAsync(FailureReason.Timeout, OutOfTime.FailureMessage!, Lag, _time);
            return (await given, CacheResult.NotKept);
        }
    }

    private async ValueTask<string> FlyAsync(OwnCall own, CancellationToken cancellationToken)
    {
        var reply = await own.AskAsync(_ask, cancellationToken);
        return CachedAnswer.IsKept(reply) ? CachedAnswer.Write(reply, _time.GetUtcNow()) : throw new NotKeptException(reply);
    }

    /// <summary>The end of a call for those who only waited for it; null when it ended by a limit that was its own.</summary>
    private static ModelReply? Shared(ModelReply reply, TimeSpan waited) => reply.Failure is FailureReason.Timeout or FailureReason.Cancelled
        ? null
        : reply with { Attempts = 0, Latency = waited, InputTokens = 0, OutputTokens = 0, CostUsd = 0, MayBeBilled = false, Cached = reply.Text is not null };

    private async Task<(ModelReply?, CacheResult)> ForgetAsync(string name, CancellationToken cancellationToken)
    {
        await _levels.Cache.RemoveAsync(name, cancellationToken);
        return (null, CacheResult.NotKept);
    }

    /// <summary>What is kept; null when it is too old, or of a version that wrote it otherwise.</summary>
    private CachedAnswer? Read(string kept)
    {
        try
        {
            // Each level counts its own time: one that got it late from the other would keep it longer.
            return CachedAnswer.Read(kept) is { } answer && _time.GetUtcNow() - answer.At <= _settings.Ttl ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
