using Consensus.Cli.Display;
using Spectre.Console;

namespace Consensus.Cli.Provenance;

/// <summary>Names with what there is to say of each, in two columns. What nothing is known of has no line.</summary>
internal sealed class Facts
{
    private readonly Grid _grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();

    /// <param name="name">What it is.</param>
    /// <param name="value">What is known of it; <c>null</c>, or empty: nothing.</param>
    /// <param name="style">How it looks; plain when left out.</param>
    public Facts Add(string name, string? value, Style? style = null)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _grid.AddRow(new Text(name, Styles.Quiet), new Text(value, style));
        }

        return this;
    }

    public void Write(IAnsiConsole console) => console.Write(_grid);
}
