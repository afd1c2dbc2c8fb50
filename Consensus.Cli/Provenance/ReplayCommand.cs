using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;

namespace Consensus.Cli.Provenance;

/// <summary><c>consensus replay</c>: a stored run decided again, and what differs.</summary>
internal sealed class ReplayCommand : Command
{
    private readonly StoredRunOptions _options = new();
    private readonly Option<string?> _strategy = new("--strategy", "-s")
    {
        Description = "Decide by this strategy, one that only votes; the run's own when not given.", HelpName = "name",
    };

    private readonly Option<double?> _quorum = new("--quorum")
    {
        Description = "The share of all asked that must be exceeded for consensus, e.g. 0.5; the run's own when not given.", HelpName = "share",
    };

    public ReplayCommand(Terminal terminal)
        : base("replay",
            "Decide a stored run again from its candidates, by the code and the fitted document in force now, and show what differs. "
            + "No model is asked, and the run is not changed.\n\n"
            + "Exit codes: 0 the same, 1 an error, 2 something differs, 130 stopped by Ctrl-C.")
    {
        _options.AddTo(this);
        _quorum.Validators.Add(OptionParsers.Finite(_quorum));
        Options.Add(_strategy);
        Options.Add(_quorum);
        SetAction((parsed, cancellationToken) =>
            _options.RunAsync(parsed, terminal, (client, run) => ReplayAsync(parsed, terminal, client, run, cancellationToken)));
    }

    private async Task<int> ReplayAsync(ParseResult parsed, Terminal terminal, ConsensusClient client, Guid run, CancellationToken cancellationToken)
    {
        var request = new ReplayRequest { Strategy = parsed.GetValue(_strategy), Quorum = parsed.GetValue(_quorum) };
        var report = await client.ReplayRunAsync(run, request, cancellationToken);
        await BenchAction.WriteAsync(terminal, _options.Output(parsed), report, ConsensusJson.Default.ReplayReport, ReplayView.Write);
        return report.IsSame ? ExitCodes.ReplaySame : ExitCodes.ReplayDiffers;
    }
}
