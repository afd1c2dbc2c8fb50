using System.CommandLine;
using System.Text;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Display;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Storage.Fitting;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary><c>consensus bench fit</c>: learns from suites and writes the fitted document.</summary>
internal sealed class FitCommand : Command
{
    private const ulong Seed = 1;

    private readonly Argument<string[]> _suites = new("SUITE")
    {
        Description = "Answer suites, each of one panel and one kind: JSON lines, plain or gzip'd (.gz).", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out") { Description = "The fitted document to write; \"-\" prints it.", HelpName = "file", Required = true };

    public FitCommand(Terminal terminal)
        : base("fit", "Learn reliability, weights and calibration from suites and write them as a fitted document; no model is asked.")
    {
        Arguments.Add(_suites);
        Options.Add(_out);
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal, cancellationToken)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var output = parsed.GetRequiredValue(_out);
        AnswerSuite[] suites = [.. parsed.GetRequiredValue(_suites).Select(static path => AnswerSuite.Read(path))];
        var panels = await BenchProgress.ShowAsync(terminal, output != "-", tell => Task.Run(() => Fit(suites, tell, cancellationToken), cancellationToken));
        string document;
        try
        {
            document = FittedWriter.Write(panels.Select(static p => p.Panel), TimeProvider.System.GetUtcNow());
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"Nothing was written. {e.Message}", e);
        }

        if (output == "-")
        {
            await terminal.Out.Profile.Out.Writer.WriteAsync(document);
            return ExitCodes.Answer;
        }

        AtomicFile.Write(output, Encoding.UTF8.GetBytes(document));
        FitView.Write(terminal.Out, panels);
        return ExitCodes.Answer;
    }

    private static List<(string Suite, FittedPanel Panel)> Fit(AnswerSuite[] suites, Action<string, int, int> tell, CancellationToken cancellationToken)
    {
        var panels = new List<(string, FittedPanel)>();
        foreach (var suite in suites)
        {
            tell(suite.Name, 0, 1);
            var votes = SuiteVotes.Of(suite, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (votes.Questions.Count < LearnedSelection.LeastQuestions)
            {
                throw new InvalidDataException($"Nothing was written. {suite.Name} has {votes.Questions.Count} questions; it takes at least {LearnedSelection.LeastQuestions} to learn from.");
            }

            panels.Add((suite.Name, new FittedPanel(PanelFitter.Fit(votes.Questions, votes.Kind, Seed), suite.DataSha256)));
            tell(suite.Name, 1, 1);
        }

        return panels;
    }
}
