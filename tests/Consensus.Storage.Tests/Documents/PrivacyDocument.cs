using System.Text;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Tests.Documents;

/// <summary>Writes the tables of <c>docs/privacy.md</c>, between its two markers, from the one list of stored fields.</summary>
internal static class PrivacyDocument
{
    private const string Begin = "<!-- fields: generated, see the end of this page -->\n";
    private const string End = "<!-- /fields -->";

    public static string Rewrite(string document)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = document.IndexOf(End, StringComparison.Ordinal);
        return document[..begin] + Tables() + document[end..];
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var (table, _, fields) in StoredFields.Tables)
        {
            text.Append($"\n### {table}\n\n| column | class | `none` | `redacted` | `full` |\n| --- | --- | --- | --- | --- |\n");
            foreach (var field in fields)
                text.Append($"| `{field.Column}` | {field.Class.ToString().ToLowerInvariant()} | {Treatment(field.Class)} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Treatment(FieldClass fieldClass) => fieldClass switch
    {
        FieldClass.Identifier or FieldClass.Number or FieldClass.Lineage => "stored | stored | stored",
        FieldClass.Model => "stored; an aggregate's redacted | stored; an aggregate's redacted | stored",
        FieldClass.Label => "redacted | redacted | stored",
        FieldClass.Word => "redacted; excluded if not one word | redacted | stored",
        FieldClass.Content or FieldClass.Report => "excluded | redacted | stored",
        _ => throw new ArgumentOutOfRangeException(nameof(fieldClass)),
    };
}
