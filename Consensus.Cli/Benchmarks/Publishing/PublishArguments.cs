using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Client;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Publishing;

/// <summary>Where results are published, and the publishing.</summary>
internal sealed class PublishArguments
{
    private readonly Option<Uri> _url = new("--publish")
    {
        Description = "Publish each result at the API of this address; takes a key with the scope admin.", HelpName = "address", CustomParser = OptionParsers.Address,
    };

    private readonly ApiKey _key = new();

    public PublishArguments(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_key.Option);
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

        foreach (var result in results)
        {
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
        }

        return ExitCodes.Answer;
    }
}
