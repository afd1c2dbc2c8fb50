using System.Globalization;
using Consensus.Cli.Display;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Spectre.Console;

namespace Consensus.Cli.Retention;

/// <summary>What a purge did, for people: a line for each table.</summary>
internal static class PurgeView
{
    public static void Write(IAnsiConsole console, PurgeReceipt receipt)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("");
        foreach (var heading in (string[])["by age", "by rows", "kept"])
        {
            table.AddColumn(new TableColumn(new Text(heading, Styles.Quiet)).RightAligned());
        }

        foreach (var purged in receipt.Tables)
        {
            table.AddRow(new Text(WireName.Of(purged.Table)), Number(purged.ByAge), Number(purged.ByRows), Number(purged.Kept));
        }

        console.Write(table);
        var rows = receipt.Tables.Sum(static purged => purged.ByAge + purged.ByRows);
        console.WriteLine(receipt.DryRun
            ? $"{Words(rows)} due, nothing erased (policy {SafeText.Line(receipt.PolicyVersion)})"
            : $"{Words(rows)} erased with {receipt.Tables.Sum(static purged => purged.OwnedRows)} that belonged to them; {Megabytes(receipt.BytesBefore)} before, {Megabytes(receipt.BytesAfter)} now");
    }

    private static Text Number(long rows) => new(rows.ToString(CultureInfo.InvariantCulture));

    private static string Words(long rows) => rows == 1 ? "1 row" : $"{rows} rows";

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB");
}
