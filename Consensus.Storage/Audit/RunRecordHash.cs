using System.Buffers;
using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Audit;

/// <summary>
/// The hash of a run's record as it stands in the database: its row, its candidates, clusters, models and tags. Each value is written with its column's name,
/// its type and its length; columns in ordinal order, those without a value left out, so that a column that comes later changes no hash.
/// </summary>
internal static class RunRecordHash
{
    private const double ExactIntegers = 1L << 53;

    private static readonly int[] RunOrder = Order(PreparedRun.RunColumns);
    private static readonly int[] CandidateOrder = Order(CandidateFields.All);
    private static readonly int[] ClusterOrder = Order(ClusterFields.All);

    private static readonly string RunSql = $"SELECT {Columns(PreparedRun.RunColumns)} FROM runs WHERE seq = $seq";
    private static readonly string CandidateSql = $"SELECT {Columns(CandidateFields.All)} FROM candidates WHERE run_seq = $seq ORDER BY position";
    private static readonly string ClusterSql = $"SELECT {Columns(ClusterFields.All)} FROM clusters WHERE run_seq = $seq ORDER BY position";

    /// <summary>Of a run that is about to be stored.</summary>
    public static byte[] Of(PreparedRun run) => Of([run.Run], run.Candidates, run.Clusters, run.Models, run.Tags);

    /// <summary>Of a run that is stored.</summary>
    public static byte[] Of(DbConnection connection, long runSeq) => Of(
        Rows(connection, RunSql, runSeq), Rows(connection, CandidateSql, runSeq), Rows(connection, ClusterSql, runSeq),
        Rows(connection, "SELECT model FROM run_models WHERE run_seq = $seq", runSeq).Select(static row => (string)row[0]),
        Rows(connection, "SELECT tag FROM run_tags WHERE run_seq = $seq", runSeq).Select(static row => (string)row[0]));

    /// <summary>Of rows as they stand in the database, in the order of the fields' lists.</summary>
    public static byte[] Of(
        IReadOnlyList<object[]> runs, IReadOnlyList<object[]> candidates, IReadOnlyList<object[]> clusters, IEnumerable<string> models, IEnumerable<string> tags)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        Write(bytes, "runs", runs, PreparedRun.RunColumns, RunOrder);
        Write(bytes, "candidates", candidates, CandidateFields.All, CandidateOrder);
        Write(bytes, "clusters", clusters, ClusterFields.All, ClusterOrder);
        Write(bytes, "models", models);
        Write(bytes, "tags", tags);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string table, IReadOnlyList<object[]> rows, IReadOnlyList<StoredField> fields, int[] order)
    {
        Text(bytes, 't', table);
        Number(bytes, 'n', rows.Count);
        foreach (var row in rows)
        {
            foreach (var i in order)
            {
                if (row[i] is DBNull)
                    continue;
                Text(bytes, 'c', fields[i].Column);
                Value(bytes, row[i]);
            }

            Number(bytes, 'e', 0);
        }
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string table, IEnumerable<string> words)
    {
        Text(bytes, 't', table);
        foreach (var word in words.Order(StringComparer.Ordinal))
            Text(bytes, 's', word);
    }

    private static void Value(ArrayBufferWriter<byte> bytes, object value)
    {
        switch (value)
        {
            case string text:
                Text(bytes, 's', text);
                break;
            case byte[] blob:
                Number(bytes, 'b', blob.Length);
                bytes.Write(blob);
                break;
            case long number:
                Number(bytes, 'i', number);
                break;
            case double number when Math.Abs(number) < ExactIntegers && number == Math.Floor(number):
                // SQLite gives back a whole number of an integer column as an integer, and one of a real column as a real.
                Number(bytes, 'i', (long)number);
                break;
            default:
                Number(bytes, 'r', BitConverter.DoubleToInt64Bits((double)value));
                break;
        }
    }

    /// <summary>As SQLite stores it: half a surrogate pair becomes a replacement character.</summary>
    private static void Text(ArrayBufferWriter<byte> bytes, char tag, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(bytes, tag, length);
        Encoding.UTF8.GetBytes(text, bytes.GetSpan(length));
        bytes.Advance(length);
    }

    private static void Number(ArrayBufferWriter<byte> bytes, char tag, long number)
    {
        var span = bytes.GetSpan(1 + sizeof(long));
        span[0] = (byte)tag;
        BinaryPrimitives.WriteInt64BigEndian(span[1..], number);
        bytes.Advance(1 + sizeof(long));
    }

    /// <summary>The rows of a statement that takes a <c>$seq</c>, as they stand in the database.</summary>
    public static List<object[]> Rows(DbConnection connection, string sql, long seq)
    {
        using var command = connection.Command(sql);
        command.Add("$seq", seq);
        using var reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private static string Columns(IReadOnlyList<StoredField> fields) => string.Join(", ", fields.Select(static field => field.Column));

    private static int[] Order(IReadOnlyList<StoredField> fields) =>
        [.. Enumerable.Range(0, fields.Count).OrderBy(i => fields[i].Column, StringComparer.Ordinal)];
}
