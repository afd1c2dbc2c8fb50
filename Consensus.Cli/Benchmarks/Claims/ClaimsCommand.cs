using System.CommandLine;
using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary><c>consensus bench claims</c>: how well claims that do not hold are found by what the other candidates wrote.</summary>
internal sealed class ClaimsCommand : Command
{
    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(ConsensusJson.Default.Options) { WriteIndented = true });

    private readonly Argument<string> _suite = new("SUITE") { Description = "A claims suite: JSON lines, plain or gzip'd (.gz)." };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public ClaimsCommand(Terminal terminal)
        : base("claims", "Measure how well unsupported claims are found by what the other candidates wrote; no model is asked.")
    {
        Arguments.Add(_suite);
        Options.Add(_json);
        SetAction(parsed => Run(parsed.GetRequiredValue(_suite), parsed.GetValue(_json), terminal));
    }

    private static int Run(string path, string? output, Terminal terminal)
    {
        try
        {
            var report = ClaimsBench.Measure(ClaimsSuite.NameOf(path), ClaimsSuite.Read(path));
            Write(report, output, terminal);
            return ExitCodes.Answer;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(e.Message);
            return ExitCodes.Error;
        }
    }

    private static void Write(ClaimsReport report, string? output, Terminal terminal)
    {
        switch (output)
        {
            case null:
                ClaimsView.Write(terminal.Out, report);
                break;
            case "-":
                terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(report, Indented.ClaimsReport));
                break;
            default:
                File.WriteAllText(output, JsonSerializer.Serialize(report, Indented.ClaimsReport) + "\n");
                break;
        }
    }
}
