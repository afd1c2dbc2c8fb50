using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.LongTerm;

/// <summary>
/// A run as one line of JSON: its rows by table, each an object of its columns without those that hold nothing; ids as UUIDs. The same run is always the same
/// line.
/// </summary>
internal static class PortableRunJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The line, without its end.</summary>
    public static byte[] Write(PortableRun run)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("record", Convert.ToHexStringLower(run.ComputeHash()));
            json.WritePropertyName("run");
            Write(json, PortableTables.Runs, run.Run);
            Write(json, "candidates", PortableTables.Candidates, run.Candidates);
            Write(json, "clusters", PortableTables.Clusters, run.Clusters);
            Write(json, "models", run.Models);
            Write(json, "tags", run.Tags);
            Write(json, "labels", PortableTables.Labels, run.Labels);
            json.WriteStartArray("judgeJobs");
            foreach (var job in run.Jobs)
            {
                json.WriteStartObject();
                json.WritePropertyName("job");
                Write(json, PortableTables.Jobs, job.Job);
                Write(json, "scores", PortableTables.Scores, job.Scores);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line, and holds the record against its hash.</summary>
    /// <exception cref="InvalidDataException">It is no such line, has a column that this version does not know, or its record is not what its hash says.</exception>
    public static PortableRun Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            var run = new PortableRun
            {
                Run = Row(PortableTables.Runs, root.GetProperty("run")),
                Candidates = Rows(PortableTables.Candidates, root.GetProperty("candidates")),
                Clusters = Rows(PortableTables.Clusters, root.GetProperty("clusters")),
                Models = Words(root.GetProperty("models")),
                Tags = Words(root.GetProperty("tags")),
                Labels = Rows(PortableTables.Labels, root.GetProperty("labels")),
                Jobs = [.. root.GetProperty("judgeJobs").EnumerateArray().Select(static job =>
                    new PortableJob(Row(PortableTables.Jobs, job.GetProperty("job")), Rows(PortableTables.Scores, job.GetProperty("scores"))))],
            };
            return Convert.ToHexStringLower(run.ComputeHash()) == root.GetProperty("record").GetString()
                ? run
                : throw new InvalidDataException($"The record of the run {run.RunId:D} is not what its hash says.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or InvalidCastException)
        {
            throw new InvalidDataException($"A line is no run of an export: {fault.Message}", fault);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, PortableTable table, IReadOnlyList<object[]> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            Write(json, table, row);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PortableTable table, object[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            switch (row[i])
            {
                case DBNull:
                    break;
                case string text:
                    json.WriteString(table.Columns[i].Name, text);
                    break;
                case byte[] id:
                    json.WriteString(table.Columns[i].Name, StoredValue.Id(id).ToString("D"));
                    break;
                case long number:
                    json.WriteNumber(table.Columns[i].Name, number);
                    break;
                default:
                    json.WriteNumber(table.Columns[i].Name, (double)row[i]);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static object[][] Rows(PortableTable table, JsonElement rows) => [.. rows.EnumerateArray().Select(row => Row(table, row))];

    private static string[] Words(JsonElement words) => [.. words.EnumerateArray().Select(static word => word.GetString()!)];

    private static object[] Row(PortableTable table, JsonElement members)
    {
        var row = new object[table.Columns.Count];
        Array.Fill(row, DBNull.Value);
        foreach (var member in members.EnumerateObject())
        {
            var i = table.IndexOf(member.Name);
            if (i < 0)
            {
                throw new InvalidDataException($"The column {table.Name}.{member.Name} is not known: the export was written by a later version of this program.");
            }

            row[i] = Value(table.Columns[i].Type, member.Value);
        }

        return row;
    }

    private static object Value(PortableType type, JsonElement value) => type switch
    {
        PortableType.Text => value.GetString() ?? throw new FormatException("A text is null."),
        PortableType.Id => StoredValue.Id(value.GetGuid()),
        PortableType.Integer => value.GetInt64(),
        _ => value.GetDouble(),
    };
}
