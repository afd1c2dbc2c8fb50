using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Spectre.Console;

namespace Consensus.Cli.Asking;

/// <summary>One question put to the API, and what is shown of it.</summary>
/// <param name="client">The API.</param>
/// <param name="terminal">Where it is shown.</param>
/// <param name="address">The API's address, for what is said of failures.</param>
/// <param name="idempotencyKey">With it the run goes on whoever leaves, and is the same however often it is asked for; <c>null</c> for none.</param>
internal sealed class AskSession(ConsensusClient client, Terminal terminal, Uri address, string? idempotencyKey = null)
{
    // The default encoder writes nothing but ASCII, so what a model wrote cannot reach the terminal raw.
    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
    });

    /// <summary>Prints the response as JSON; a failure's problem stands in its place, and in words on the error stream.</summary>
    public async Task<int> PrintJsonAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var run = idempotencyKey is null ? await client.AskAsync(request, cancellationToken) : await EndAsync(request, cancellationToken);
            await terminal.Out.Profile.Out.Writer.WriteLineAsync(JsonSerializer.Serialize(run, Indented.ConsensusResponse));
            return ExitCodeOf(run);
        }
        catch (ConsensusApiException failure)
        {
            await terminal.Out.Profile.Out.Writer.WriteLineAsync(JsonSerializer.Serialize(failure.Problem, Indented.ProblemBody));
            return Tell(failure);
        }
        catch (OperationCanceledException)
        {
            return Stopped();
        }
    }

    /// <summary>Shows the candidates as they arrive, then the verdict.</summary>
    public async Task<int> ShowAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var run = terminal.IsWatched ? await WatchAsync(request, cancellationToken) : await FollowAsync(request, cancellationToken);
            VerdictView.Write(terminal.Out, run);
            return ExitCodeOf(run);
        }
        catch (ConsensusApiException failure)
        {
            return Tell(failure);
        }
        catch (OperationCanceledException)
        {
            return Stopped();
        }
    }

    private static int ExitCodeOf(ConsensusResponse run) => run switch
    {
        { Status: not RunStatus.Completed } => ExitCodes.Error,
        _ when Words.IsAnswered(run) => ExitCodes.Answer,
        _ => ExitCodes.NoAnswer,
    };

    /// <summary>On a terminal: one table that fills in place.</summary>
    private async Task<ConsensusResponse> WatchAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        var progress = new RunProgress();
        await terminal.Out.Live(new Text("Asking …", new Style(Color.Grey))).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            await foreach (var happened in HappeningAsync(request, cancellationToken))
            {
                progress.Add(happened);
                live.UpdateTarget(CandidateTable.Of(progress));
            }
        });
        return progress.Verdict!; // a stream that ends has had its verdict
    }

    /// <summary>In a file or a pipe: one line for each candidate.</summary>
    private async Task<ConsensusResponse> FollowAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        var progress = new RunProgress();
        await foreach (var happened in HappeningAsync(request, cancellationToken))
        {
            progress.Add(happened);
            if (CandidateLines.Of(happened, progress) is { } line)
            {
                terminal.Out.WriteLine(line);
            }
        }

        return progress.Verdict!;
    }

    private async Task<ConsensusResponse> EndAsync(ConsensusRequest request, CancellationToken cancellationToken)
    {
        var progress = new RunProgress();
        await foreach (var happened in HappeningAsync(request, cancellationToken))
        {
            progress.Add(happened);
        }

        return progress.Verdict!;
    }

    /// <summary>What happens in the run: of this request, or, where an earlier one had the same key, in the one that it began.</summary>
    private async IAsyncEnumerable<RunEvent> HappeningAsync(ConsensusRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = idempotencyKey is null
            ? client.StreamAsync(request, cancellationToken)
            : client.FollowAsync((await client.BeginAsync(request, idempotencyKey, cancellationToken)).RunId, cancellationToken);
        await foreach (var happened in events)
        {
            yield return happened;
        }
    }

    private int Tell(ConsensusApiException failure)
    {
        ProblemView.Write(terminal.Error, failure.Problem, address);
        return ExitCodes.Error;
    }

    private int Stopped()
    {
        terminal.Error.WriteLine(idempotencyKey is null ? "Stopped; the run is cancelled." : "Stopped; the run goes on. The same command with the same key shows it.");
        return ExitCodes.Cancelled;
    }
}
