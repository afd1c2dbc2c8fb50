using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Cli.Display;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks;

/// <summary>What all measuring commands do alike: failures in one line, Ctrl-C, and JSON that is written whole or not at all.</summary>
internal static class BenchAction
{
    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(ConsensusJson.Default.Options) { WriteIndented = true });

    /// <summary>Runs a command; unusable input is an error in one line, and Ctrl-C leaves nothing half-written.</summary>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="command">The command.</param>
    /// <param name="stopped">What is said after Ctrl-C.</param>
    public static async Task<int> RunAsync(Terminal terminal, Func<Task<int>> command, string stopped = "Stopped.")
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(SafeText.Line(e.Message, 1_000));
            return ExitCodes.Error;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine(stopped);
            return ExitCodes.Cancelled;
        }
    }

    /// <summary>Shows a report; for a file's name writes it there as JSON, for "-" prints the JSON.</summary>
    public static async Task WriteAsync<T>(Terminal terminal, string? output, T value, JsonTypeInfo<T> type, Action<IAnsiConsole, T> show)
    {
        if (output is null)
        {
            show(terminal.Out, value);
        }
        else
        {
            await WriteJsonAsync(terminal, output, value, type);
        }
    }

    /// <summary>Writes JSON to a file, or prints it for "-".</summary>
    public static async Task WriteJsonAsync<T>(Terminal terminal, string output, T value, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Indented.GetTypeInfo(type.Type)!) + "\n";
        if (output == "-")
        {
            await terminal.Out.Profile.Out.Writer.WriteAsync(text);
        }
        else
        {
            AtomicFile.Write(output, Encoding.UTF8.GetBytes(text));
        }
    }
}
