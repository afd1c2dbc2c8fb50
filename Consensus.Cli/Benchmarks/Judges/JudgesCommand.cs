using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary><c>consensus bench judges</c>: how well panels of judges find the better of two outputs.</summary>
internal sealed class JudgesCommand : Command
{
    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(ConsensusJson.Default.Options) { WriteIndented = true });

    private readonly Argument<string> _suite = new("SUITE") { Description = "A judges suite: JSON lines, plain or gzip'd (.gz)." };
    private readonly Option<string> _fitted = new("--fitted") { Description = "Score the weights in this file on the whole suite, instead of fitting on halves.", HelpName = "file" };
    private readonly Option<string> _save = new("--save") { Description = "Also fit weights on the whole suite and write them to this file.", HelpName = "file" };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public JudgesCommand(Terminal terminal)
        : base("judges", "Measure how well panels of judges find the better of two outputs; no model is asked.")
    {
        Arguments.Add(_suite);
        Options.Add(_fitted);
        Options.Add(_save);
        Options.Add(_json);
        Validators.Add(result =>
        {
            if (result.GetResult(_fitted) is not null && result.GetResult(_save) is not null)
            {
                result.AddError("--fitted scores weights and --save fits them: give one of the two.");
            }
        });
        SetAction(parsed => Run(parsed, terminal));
    }

    private int Run(ParseResult parsed, Terminal terminal)
    {
        try
        {
            var suite = JudgesSuite.Read(parsed.GetRequiredValue(_suite));
            var report = parsed.GetValue(_fitted) is { } file ? JudgesBench.OfFitted(suite, FittedFile.Read(file), file) : JudgesBench.OnHalves(suite);
            if (report.Fitted is { InSample: true })
            {
                terminal.Error.WriteLine("Warning: the weights were fitted on this very suite. The figures are in-sample and say nothing of new pairs.");
            }

            if (parsed.GetValue(_save) is { } target)
            {
                File.WriteAllText(target, Text(FittedFile.Fit(suite), Indented.FittedJudges));
            }

            Write(report, parsed.GetValue(_json), terminal);
            return ExitCodes.Answer;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(e.Message);
            return ExitCodes.Error;
        }
    }

    private static void Write(JudgesReport report, string? output, Terminal terminal)
    {
        switch (output)
        {
            case null:
                JudgesView.Write(terminal.Out, report);
                break;
            case "-":
                terminal.Out.Profile.Out.Writer.Write(Text(report, Indented.JudgesReport));
                break;
            default:
                File.WriteAllText(output, Text(report, Indented.JudgesReport));
                break;
        }
    }

    private static string Text<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type) + "\n";
}
