using System.CommandLine;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Benchmarks.Claims;
using Consensus.Cli.Benchmarks.Evidence;
using Consensus.Cli.Benchmarks.Judges;
using Consensus.Cli.Benchmarks.Learning;
using Consensus.Cli.Benchmarks.Live;

namespace Consensus.Cli.Benchmarks;

/// <summary><c>consensus bench</c>: measures on suites of questions whose right answers are known.</summary>
internal sealed class BenchCommand : Command
{
    public BenchCommand(Terminal terminal)
        : base("bench", "Measure on suites of questions whose right answers are known.")
    {
        Subcommands.Add(new RunCommand(terminal));
        Subcommands.Add(new LiveCommand(terminal));
        Subcommands.Add(new FitCommand(terminal));
        Subcommands.Add(new SplitsCommand(terminal));
        Subcommands.Add(new ClaimsCommand(terminal));
        Subcommands.Add(new EvidenceCommand(terminal));
        Subcommands.Add(new JudgesCommand(terminal));
    }
}
