using System.Text;
using Spectre.Console;

namespace Consensus.Cli.Tests;

/// <summary>A terminal that keeps what is written; with <c>watched</c> it claims to be one with colours and a cursor.</summary>
internal sealed class CapturedTerminal
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public CapturedTerminal(bool watched = false, string input = "", Dictionary<string, string>? environment = null) => Terminal = new Terminal(
        Console(_out, watched), Console(_error, watched: false), new StringReader(input), name => environment?.GetValueOrDefault(name));

    public Terminal Terminal { get; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, Terminal);

    /// <summary>Runs a command that is stopped by the token as by Ctrl-C.</summary>
    public Task<int> RunAsync(CancellationToken stop, params string[] args) => CommandLine.RunAsync(args, Terminal, stop);

    private static IAnsiConsole Console(StringWriter writer, bool watched) => Terminal.Fit(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = watched ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = watched ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
        Interactive = watched ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new Output(writer, watched),
    }));

    private sealed class Output(StringWriter writer, bool watched) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => watched;

        public int Width => 100;

        public int Height => 40;

        public void SetEncoding(Encoding encoding)
        {
            // A StringWriter keeps characters, not bytes.
        }
    }
}
