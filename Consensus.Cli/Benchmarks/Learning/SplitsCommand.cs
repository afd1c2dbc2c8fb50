using System.CommandLine;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary><c>consensus bench splits</c>: what is learned on one half of a suite, tested on the other.</summary>
internal sealed class SplitsCommand : Command
{
    private readonly Argument<string[]> _suites = new("SUITE") { Description = "Answer suites: JSON lines, plain or gzip'd (.gz).", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int> _splits = new("--splits") { Description = "How many random half splits.", HelpName = "N", DefaultValueFactory = static _ => 20 };
    private readonly Option<int> _thirds = new("--thirds") { Description = "How many random splits into thirds, for abstention; 0: none.", HelpName = "N", DefaultValueFactory = static _ => 200 };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public SplitsCommand(Terminal terminal)
        : base("splits", "Fit on random halves of suites and test on the other halves: accuracy, ranking, calibration, abstention; no model is asked.")
    {
        _splits.Validators.Add(static result => Require(result.GetValueOrDefault<int>() >= 1, "--splits must be at least 1.", result.AddError));
        _thirds.Validators.Add(static result => Require(result.GetValueOrDefault<int>() >= 0, "--thirds must not be negative.", result.AddError));
        Arguments.Add(_suites);
        Options.Add(_splits);
        Options.Add(_thirds);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal, cancellationToken)));
    }

    private static void Require(bool holds, string otherwise, Action<string> tell)
    {
        if (!holds)
        {
            tell(otherwise);
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var (splits, thirds, output) = (parsed.GetValue(_splits), parsed.GetValue(_thirds), parsed.GetValue(_json));
        AnswerSuite[] suites = [.. parsed.GetRequiredValue(_suites).Select(static path => AnswerSuite.Read(path))];
        var reports = await BenchProgress.ShowAsync(terminal, output != "-", tell => Task.Run(
            () => suites.Select(suite => SplitsBench.Run(
                SuiteVotes.Of(suite, cancellationToken), splits, thirds, done => tell(suite.Name, done, splits + thirds), cancellationToken)).ToArray(),
            cancellationToken));
        await BenchAction.WriteAsync<IReadOnlyList<SplitsReport>>(terminal, output, reports, ConsensusJson.Default.IReadOnlyListSplitsReport, SplitsView.Write);
        return ExitCodes.Answer;
    }
}
