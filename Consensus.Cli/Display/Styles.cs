using Spectre.Console;

namespace Consensus.Cli.Display;

/// <summary>Colours by meaning; never the only carrier of it.</summary>
internal static class Styles
{
    public static readonly Style Quiet = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Fair = new(Color.Yellow);
    public static readonly Style Bad = new(Color.Red);
    public static readonly Style Strong = new(decoration: Decoration.Bold);
}
