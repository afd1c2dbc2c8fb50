using System.CommandLine;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Spectre.Console;

namespace Consensus.Cli.Asking;

/// <summary><c>consensus ask</c>: a question, the candidates as they arrive, the verdict.</summary>
internal sealed class AskCommand : Command
{
    /// <summary>The variable that holds the API key, so that it need not stand in the process list.</summary>
    public const string KeyVariable = "CONSENSUS_API_KEY";

    private const string DefaultUrl = "http://localhost:5080";

    private readonly AskOptions _options = new();
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(DefaultUrl),
        CustomParser = OptionParsers.Address,
    };

    private readonly Option<string> _key = new("--key") { Description = $"The API key; better given as the environment variable {KeyVariable}.", HelpName = "key" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the response's JSON and nothing else." };

    public AskCommand(Terminal terminal)
        : base("ask", $"Ask a panel one question, watch the candidates arrive, and see the verdict.\n\n{ExitCodes.Help}")
    {
        _options.AddTo(this);
        Options.Add(_url);
        Options.Add(_key);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => AskAsync(parsed, terminal, cancellationToken));
    }

    private async Task<int> AskAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var url = parsed.GetRequiredValue(_url);
        using var http = new HttpClient
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMilliseconds(Limits.MaxDeadlineMs) + TimeSpan.FromSeconds(30),
        };

        ConsensusClient client;
        try
        {
            client = new ConsensusClient(http, parsed.GetValue(_key) ?? terminal.Environment(KeyVariable));
        }
        catch (ArgumentException)
        {
            terminal.Error.WriteLine("The API key has characters that a header cannot carry: visible ASCII only.");
            return ExitCodes.Error;
        }

        var request = _options.Read(parsed, terminal.In);
        var session = new AskSession(client, terminal, url);
        return parsed.GetValue(_json) ? await session.PrintJsonAsync(request, cancellationToken) : await session.ShowAsync(request, cancellationToken);
    }
}
