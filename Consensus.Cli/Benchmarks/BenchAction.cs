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
    public static async Task<int> RunAsync(Terminal terminal, Func<Task<int>> command)
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
            terminal.Error.WriteLine("Stopped.");
            return ExitCodes.Cancelled;
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
