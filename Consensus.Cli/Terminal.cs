using Spectre.Console;

namespace Consensus.Cli;

/// <summary>Everything a command may touch of the world besides the network.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where failures go.</param>
/// <param name="In">Where <c>-</c> reads from.</param>
/// <param name="Environment">Looks up an environment variable.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, TextReader In, Func<string, string?> Environment)
{
    /// <summary>Wide enough that text in a file is never broken into lines that its author did not write.</summary>
    private const int Unbroken = 100_000;

    /// <summary>True where somebody watches; otherwise a file or a pipe gets plain lines.</summary>
    public bool IsWatched => Out.Profile.Out.IsTerminal && Out.Profile.Capabilities.Ansi;

    public static Terminal OfProcess() => new(ConsoleOver(Console.Out), ConsoleOver(Console.Error), Console.In, System.Environment.GetEnvironmentVariable);

    private static IAnsiConsole ConsoleOver(TextWriter writer) => Fit(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }));

    /// <summary>Lets text run on where no window bounds it.</summary>
    public static IAnsiConsole Fit(IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = Unbroken;
        }

        return console;
    }
}
