using System.CommandLine;
using Consensus.Contracts;

namespace Consensus.Cli.Asking;

/// <summary><c>consensus ask</c>: a question, the candidates as they arrive, the verdict.</summary>
internal sealed class AskCommand : Command
{
    /// <summary>Where a local run of the system has its API.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    private readonly AskOptions _options = new();
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(DefaultUrl),
        CustomParser = OptionParsers.Address,
    };

    private readonly ApiKey _key = new();
    private readonly Option<string> _idempotencyKey = new("--idempotency-key")
    {
        Description = "Makes the command safe to repeat: with the same key and question it shows the one run that the first began, for 24 hours.",
        HelpName = "key",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the response's JSON and nothing else." };

    public AskCommand(Terminal terminal)
        : base("ask", $"Ask a panel one question, watch the candidates arrive, and see the verdict.\n\n{ExitCodes.Help}")
    {
        _options.AddTo(this);
        Options.Add(_url);
        Options.Add(_key.Option);
        _idempotencyKey.Validators.Add(OptionParsers.HeaderText(_idempotencyKey, Limits.IdempotencyKeyCharacters));
        Options.Add(_idempotencyKey);
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

        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return ExitCodes.Error;
        }

        var request = _options.Read(parsed, terminal.In);
        var session = new AskSession(client, terminal, url, parsed.GetValue(_idempotencyKey));
        return parsed.GetValue(_json) ? await session.PrintJsonAsync(request, cancellationToken) : await session.ShowAsync(request, cancellationToken);
    }
}
