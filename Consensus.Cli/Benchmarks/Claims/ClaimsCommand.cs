using System.CommandLine;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary><c>consensus bench claims</c>: how well claims that do not hold are found by what the other candidates wrote.</summary>
internal sealed class ClaimsCommand : Command
{
    private readonly Argument<string> _suite = new("SUITE") { Description = "A claims suite: JSON lines, plain or gzip'd (.gz)." };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public ClaimsCommand(Terminal terminal)
        : base("claims", "Measure how well unsupported claims are found by what the other candidates wrote; no model is asked.")
    {
        Arguments.Add(_suite);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(
            terminal, () => RunAsync(parsed.GetRequiredValue(_suite), parsed.GetValue(_json), terminal, cancellationToken)));
    }

    private static async Task<int> RunAsync(string path, string? output, Terminal terminal, CancellationToken cancellationToken)
    {
        var (suite, items) = (SuitePath.NameOf(path), ClaimsSuite.Read(path));
        var report = await BenchProgress.ShowAsync(terminal, output != "-", tell => Task.Run(
            () => ClaimsBench.Measure(suite, items, (done, all) => tell(suite, done, all), cancellationToken), cancellationToken));
        await BenchAction.WriteAsync(terminal, output, report, ConsensusJson.Default.ClaimsReport, ClaimsView.Write);
        return ExitCodes.Answer;
    }
}
