using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;

namespace Consensus.Cli.Provenance;

/// <summary>What the commands about one stored run take: which run, of which API, and where its JSON goes.</summary>
internal sealed class StoredRunOptions
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);

    private readonly Argument<string> _run = new("RUN") { Description = "The id of a stored run." };
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.",
        HelpName = "address",
        DefaultValueFactory = static _ => new Uri(AskCommand.DefaultUrl),
        CustomParser = OptionParsers.Address,
    };

    private readonly ApiKey _key = new();
    private readonly Option<string> _json = new("--json") { Description = "Write what the API says as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public void AddTo(Command command)
    {
        _run.Validators.Add(result =>
        {
            foreach (var wrong in result.Tokens.Select(static token => token.Value).Where(static text => !Guid.TryParseExact(text, "D", out _)))
            {
                result.AddError($"'{SafeText.Line(wrong)}' is not the id of a run.");
            }
        });
        command.Arguments.Add(_run);
        foreach (var option in (Option[])[_json, _url, _key.Option])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The file that is asked for; <c>null</c> to show it to a reader.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Does something with the run; what the API refuses is told, and is an error.</summary>
    public Task<int> RunAsync(ParseResult parsed, Terminal terminal, Func<ConsensusClient, Guid, Task<int>> command) =>
        BenchAction.RunAsync(terminal, async () =>
        {
            var url = parsed.GetRequiredValue(_url);
            using var http = new HttpClient { BaseAddress = url, Timeout = RequestLimit };
            if (_key.Client(parsed, terminal, http) is not { } client)
            {
                return ExitCodes.Error;
            }

            try
            {
                return await command(client, Guid.ParseExact(parsed.GetRequiredValue(_run), "D"));
            }
            catch (ConsensusApiException failure)
            {
                ProblemView.Write(terminal.Error, failure.Problem, url);
                return ExitCodes.Error;
            }
        });
}
