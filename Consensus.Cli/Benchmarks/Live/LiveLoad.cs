using System.Collections.Concurrent;
using System.Diagnostics;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>
/// A bounded load on a running system: each of a few askers asks the next question once it has its verdict. It ends early when the system is gone or refuses the key,
/// and when nothing but failures comes.
/// </summary>
/// <param name="api">The system.</param>
/// <param name="requests">How many questions at most.</param>
/// <param name="duration">After how long no further question is asked; those under way are waited for.</param>
internal sealed class LiveLoad(LiveApi api, int requests, TimeSpan duration)
{
    /// <summary>So many failures in a row end the load: a system that refuses at once would else be asked without end.</summary>
    public const int MostFailuresInARow = 100;

    private readonly ConcurrentQueue<Sample> _samples = new();

    // Another start for every load, so that no question is one that a cache still knows.
    private readonly long _first = Random.Shared.NextInt64(100_000, 1_000_000_000);
    private int _asked;
    private int _failuresInARow;
    private volatile string? _ended;

    /// <summary>Why the load ended before its bounds; <c>null</c> when it did not.</summary>
    public string? Ended => _ended;

    /// <summary>The first failure in words; <c>null</c> without one that has any.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Asks, and tells what was measured, also when it was stopped.</summary>
    /// <param name="tell">Told how far the load is, of how far it may go; by one thread at a time.</param>
    /// <param name="cancellationToken">Stops; questions then under way do not count.</param>
    public async Task<LiveReport> RunAsync(Action<int, int> tell, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, api.Concurrency).Select(_ => AskAsync(start, tell, cancellationToken)));
        return Report(Stopwatch.GetElapsedTime(start), cancellationToken.IsCancellationRequested);
    }

    private async Task AskAsync(long start, Action<int, int> tell, CancellationToken cancellationToken)
    {
        try
        {
            while (_ended is null && !cancellationToken.IsCancellationRequested
                && Stopwatch.GetElapsedTime(start) < duration && Interlocked.Increment(ref _asked) is var number && number <= requests)
            {
                var reply = await api.AskAsync(Question(number), cancellationToken);
                Add(reply, start, tell);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was measured until now is told all the same.
        }
        catch (SystemUnusableException e)
        {
            _ended ??= e.Message;
            Add(new LiveReply(null, 0, e.Code, e.Message), start, tell);
        }
    }

    private void Add(LiveReply reply, long start, Action<int, int> tell)
    {
        lock (_samples)
        {
            var timings = reply.Run?.Timings;
            _samples.Enqueue(new Sample(reply.Milliseconds, timings?.SlowestCallMs, timings?.OverheadMs, reply.Run?.Degraded ?? false, reply.Error));
            FirstFailure ??= reply.Reason;
            _failuresInARow = reply.Error is null ? 0 : _failuresInARow + 1;
            if (_failuresInARow >= MostFailuresInARow)
            {
                _ended ??= $"{_failuresInARow} questions in a row failed.";
            }

            if (requests < int.MaxValue)
            {
                tell(_samples.Count, requests);
            }
            else
            {
                var all = (int)Math.Min(duration.TotalMilliseconds, int.MaxValue);
                tell((int)Math.Min(Stopwatch.GetElapsedTime(start).TotalMilliseconds, all), all);
            }
        }
    }

    private ConsensusRequest Question(int number) => new()
    {
        Prompt = $"What is {_first + number} + {100 + (number * 37L % 900)}?",
        Answer = new AnswerRequest { Kind = AnswerKindName.Number },
    };

    private LiveReport Report(TimeSpan taken, bool stopped)
    {
        Sample[] decided = [.. _samples.Where(static sample => sample.Error is null)];
        return new LiveReport(
            LiveReport.CurrentVersion,
            api.Address.ToString(),
            api.Models,
            api.Panel,
            api.Concurrency,
            stopped,
            Math.Round(taken.TotalSeconds, 3),
            _samples.Count,
            decided.Length,
            Math.Round(decided.Length / taken.TotalSeconds, 3),
            Percentiles.Of(decided.Select(static sample => (double?)sample.Milliseconds)),
            Percentiles.Of(decided.Select(static sample => sample.Milliseconds - sample.SlowestCallMs)),
            Percentiles.Of(decided.Select(static sample => sample.OverheadMs)),
            decided.Length == 0 ? null : Math.Round(decided.Average(static sample => sample.Degraded ? 1.0 : 0), 6),
            _samples.Select(static sample => sample.Error).OfType<string>().CountBy(static code => code).OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToDictionary());
    }

    // No more of a run than its figures, however long the load lasts.
    private readonly record struct Sample(double Milliseconds, double? SlowestCallMs, double? OverheadMs, bool Degraded, string? Error);
}
