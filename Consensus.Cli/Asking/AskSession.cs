using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Spectre.Console;

namespace Consensus.Cli.Asking;

/// <summary>One question put to the API, and what is shown of it.</summary>
internal sealed class AskSession(ConsensusClient client, Terminal terminal, Uri address)
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
            var run = await client.AskAsync(request, cancellationToken);
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
            await foreach (var happened in client.StreamAsync(request, cancellationToken))
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
        await foreach (var happened in client.StreamAsync(request, cancellationToken))
        {
            progress.Add(happened);
            if (CandidateLines.Of(happened, progress) is { } line)
            {
                terminal.Out.WriteLine(line);
            }
        }

        return progress.Verdict!;
    }

    private int Tell(ConsensusApiException failure)
    {
        ProblemView.Write(terminal.Error, failure.Problem, address);
        return ExitCodes.Error;
    }

    private int Stopped()
    {
        terminal.Error.WriteLine("Stopped; the run is cancelled.");
        return ExitCodes.Cancelled;
    }
}
