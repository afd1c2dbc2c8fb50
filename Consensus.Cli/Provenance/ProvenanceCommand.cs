using System.CommandLine;
using Consensus.Cli.Benchmarks;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Provenance;

/// <summary><c>consensus provenance</c>: where the answer of a stored run came from.</summary>
internal sealed class ProvenanceCommand : Command
{
    private readonly StoredRunOptions _options = new();
    private readonly Option<bool> _prov = new("--prov-json") { Description = "As W3C PROV in JSON, printed or, with --json, written to its file." };

    public ProvenanceCommand(Terminal terminal)
        : base("provenance",
            "Show where the answer of a stored run came from: what it was decided by, and which candidates and passages say each of its sentences.\n\n"
            + "Exit codes: 0 shown, 1 an error, 130 stopped by Ctrl-C.")
    {
        _options.AddTo(this);
        Options.Add(_prov);
        SetAction((parsed, cancellationToken) =>
            _options.RunAsync(parsed, terminal, (client, run) => ShowAsync(parsed, terminal, client, run, cancellationToken)));
    }

    private async Task<int> ShowAsync(ParseResult parsed, Terminal terminal, ConsensusClient client, Guid run, CancellationToken cancellationToken)
    {
        var output = _options.Output(parsed);
        if (parsed.GetValue(_prov))
        {
            await BenchAction.WriteJsonAsync(terminal, output ?? "-", await client.GetProvAsync(run, cancellationToken), ConsensusJson.Default.JsonElement);
        }
        else
        {
            await BenchAction.WriteAsync(
                terminal, output, await client.GetProvenanceAsync(run, cancellationToken), ConsensusJson.Default.RunProvenance, ProvenanceView.Write);
        }

        return ExitCodes.Answer;
    }
}
