using System.CommandLine;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Benchmarks.Evidence;

/// <summary><c>consensus bench evidence</c>: how well the words tell what passages say of claims.</summary>
internal sealed class EvidenceCommand : Command
{
    private readonly Argument<string> _suite = new("SUITE") { Description = "An evidence suite, or a claims suite: JSON lines, plain or gzip'd (.gz)." };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public EvidenceCommand(Terminal terminal)
        : base("evidence", "Measure how well words alone tell whether passages support or contradict claims; no model is asked.")
    {
        Arguments.Add(_suite);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(
            terminal, () => RunAsync(parsed.GetRequiredValue(_suite), parsed.GetValue(_json), terminal, cancellationToken)));
    }

    private static async Task<int> RunAsync(string path, string? output, Terminal terminal, CancellationToken cancellationToken)
    {
        var suite = SuitePath.NameOf(path);
        var (items, hasHalves) = EvidenceSuite.Read(path);
        var report = await BenchProgress.ShowAsync(terminal, output != "-", tell => Task.Run(
            () => EvidenceBench.Measure(suite, items, hasHalves, (done, all) => tell(suite, done, all), cancellationToken), cancellationToken));
        await BenchAction.WriteAsync(terminal, output, report, ConsensusJson.Default.EvidenceReport, EvidenceView.Write);
        return ExitCodes.Answer;
    }
}
