using System.Diagnostics;
using Consensus.Cli.Asking;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>A running API and whom of it to ask.</summary>
internal sealed class LiveApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly ConsensusClient _client;

    /// <param name="address">The API's address.</param>
    /// <param name="key">The API key, where it wants one.</param>
    /// <param name="deprecated">Told that what is called is deprecated.</param>
    /// <exception cref="InvalidDataException">No header can carry the key.</exception>
    public LiveApi(Uri address, string? key, Action<DeprecationNotice>? deprecated = null)
    {
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMilliseconds(Limits.MaxDeadlineMs) + TimeSpan.FromSeconds(30) };
        try
        {
            _client = new ConsensusClient(_http, key, deprecated);
        }
        catch (ArgumentException e)
        {
            _http.Dispose();
            throw new InvalidDataException(ApiKey.Unusable, e);
        }
    }

    public Uri Address { get; }

    /// <summary>The models to ask; <c>null</c>: those of the panel.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The panel to ask; <c>null</c>: the default one, or the models.</summary>
    public string? Panel { get; init; }

    /// <summary>How many questions are under way at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Everything of this that answers depend on.</summary>
    public string Key => $"{Address} models={(Models is null ? "" : string.Join(',', Models))} panel={Panel}";

    /// <summary>Opens a connection and takes every step of a run once, but for the models, so that what is slow only the first time is not measured.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.AggregateAsync(new AggregateRequest { Answers = [.. Enumerable.Range(0, 2).Select(static i => new AggregateAnswer { Model = $"warm-up/{i}", Text = "1" })] }, cancellationToken);
        }
        catch (ConsensusApiException)
        {
            // The questions will meet the same, and tell it.
        }
    }

    /// <summary>Asks one question.</summary>
    /// <returns>The decided run and the milliseconds it took here, or the code of the failure.</returns>
    /// <exception cref="SystemUnusableException">No further question can fare better: nothing answers at the address, or it refuses the key.</exception>
    public async Task<LiveReply> AskAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var run = await _client.AskAsync(request with { Models = Models, Panel = Panel, Include = ["candidates", "clusters"] }, cancellationToken);
            var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return run is { Status: RunStatus.Completed, Outcome: not null } ? new LiveReply(run, taken) : new LiveReply(null, taken, run.StatusReason ?? "not_decided");
        }
        catch (ConsensusApiException e) when (e.Code == ClientErrorCodes.Unreachable)
        {
            throw new SystemUnusableException(e.Code, $"The API at {Address} cannot be reached. {e.Problem.Detail}", e);
        }
        catch (ConsensusApiException e) when (e.Problem.Status is 401 or 403 or 404 or 405)
        {
            throw new SystemUnusableException(e.Code, $"{Address} does not take the question. {Words(e.Problem)}", e);
        }
        catch (ConsensusApiException e)
        {
            return new LiveReply(null, Stopwatch.GetElapsedTime(start).TotalMilliseconds, e.Code, Words(e.Problem));
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Words(ProblemBody problem) => string.Join(' ', (string?[])
    [
        problem.Title, problem.Detail, .. (problem.Errors ?? []).Select(static error => $"{error.Field}: {error.Message}"),
    ]).Trim();
}
