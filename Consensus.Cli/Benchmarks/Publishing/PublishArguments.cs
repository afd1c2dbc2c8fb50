using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Publishing;

/// <summary>Where results are published, and the publishing.</summary>
internal sealed class PublishArguments
{
    private readonly Option<Uri> _url = new("--publish")
    {
        Description = "Publish each result at the API of this address; takes a key with the scope admin.", HelpName = "address", CustomParser = OptionParsers.Address,
    };

    private readonly ApiKey _key;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">Its option that has the key, which the command itself adds.</param>
    public PublishArguments(Command command, ApiKey key)
    {
        _key = key;
        command.Options.Add(_url);
    }

    /// <summary>Tries whether results may be published, so that no long run is made for a wrong address or key; yes without an address.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is told why not.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<bool> IsPossibleAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_url) is not { } url)
        {
            return true;
        }

        using var http = new HttpClient { BaseAddress = url };
        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return false;
        }

        try
        {
            await client.PublishBenchmarksAsync([], cancellationToken);
        }
        catch (ConsensusApiException refusal) when (refusal.Code == ErrorCatalog.ValidationFailed.Code)
        {
            // Whose list is only refused for being empty may publish.
        }
        catch (ConsensusApiException failure)
        {
            terminal.Error.WriteLine("Nothing was run, for its results could not be published.");
            ProblemView.Write(terminal.Error, failure.Problem, url);
            return false;
        }

        return true;
    }

    /// <summary>Publishes results, one by one; nothing without an address.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="results">The results.</param>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="told">Where ids and addresses are told.</param>
    /// <param name="cancellationToken">Stops before the next result.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> PublishAsync(
        ParseResult parsed, IReadOnlyList<BenchmarkResult> results, Terminal terminal, IAnsiConsole told, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_url) is not { } url)
        {
            return ExitCodes.Answer;
        }

        using var http = new HttpClient { BaseAddress = url };
        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return ExitCodes.Error;
        }

        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            try
            {
                foreach (var one in (await client.PublishBenchmarkAsync(result, cancellationToken)).Benchmarks)
                {
                    told.WriteLine($"{SafeText.Line(result.Suite)}: {(one.Created ? "published" : "published before")} as {one.Id:D}, {new Uri(url, $"v1/benchmarks/{one.Id:D}")}");
                }
            }
            catch (ConsensusApiException failure)
            {
                terminal.Error.WriteLine($"{SafeText.Line(result.Suite)} was not published.");
                ProblemView.Write(terminal.Error, failure.Problem, url);
                return ExitCodes.Error;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The run is complete by now, and not to be taken up again.
                terminal.Error.WriteLine($"Stopped; the results are complete, but not published: {string.Join(", ", results.Skip(i).Select(static left => SafeText.Line(left.Suite)))}.");
                return ExitCodes.Cancelled;
            }
        }

        return ExitCodes.Answer;
    }
}
