using System.CommandLine;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;
using Spectre.Console;

namespace Consensus.Cli.Asking;

/// <summary>The API key on the command line, or in the environment.</summary>
internal sealed class ApiKey
{
    /// <summary>The variable that holds the API key, so that it need not stand in the process list.</summary>
    public const string Variable = "CONSENSUS_API_KEY";

    /// <summary>What is said of a key that no header can carry.</summary>
    public const string Unusable = "The API key has characters that a header cannot carry: visible ASCII only.";

    public Option<string> Option { get; } = new("--key") { Description = $"The API key; better given as the environment variable {Variable}.", HelpName = "key" };

    /// <summary>The key; <c>null</c> when none is given.</summary>
    public string? Of(ParseResult parsed, Terminal terminal) => parsed.GetValue(Option) ?? terminal.Environment(Variable);

    /// <summary>A client with the key; <c>null</c>, with the reason told, when no header can carry it.</summary>
    public ConsensusClient? Client(ParseResult parsed, Terminal terminal, HttpClient http)
    {
        try
        {
            return new ConsensusClient(http, Of(parsed, terminal), notice => terminal.Error.WriteLine(DeprecationLine.Of(notice)));
        }
        catch (ArgumentException)
        {
            terminal.Error.WriteLine(Unusable);
            return null;
        }
    }
}
