using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.Storage.Moving;

/// <summary>Counts and hashes the rows of a table in their order: each value with its kind and length, so that no two tables of other content hash alike.</summary>
internal sealed class TableTally : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _bytes = new(65_536);

    public long Rows { get; private set; }

    public void Add(IReadOnlyList<object[]> rows)
    {
        foreach (var row in rows)
        {
            foreach (var value in row)
            {
                Add(value);
            }

            if (_bytes.WrittenCount > 60_000)
            {
                Flush();
            }
        }

        Rows += rows.Count;
    }

    /// <summary>The SHA-256 of what has been added, in hexadecimal digits.</summary>
    public string Hash()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }

    private void Add(object value)
    {
        switch (value)
        {
            case DBNull:
                Number('n', 0);
                break;
            case long number:
                Number('i', number);
                break;
            case double number:
                Number('r', BitConverter.DoubleToInt64Bits(number));
                break;
            case byte[] bytes:
                Number('b', bytes.Length);
                _bytes.Write(bytes);
                break;
            default:
                var text = (string)value;
                var length = Encoding.UTF8.GetByteCount(text);
                Number('s', length);
                Encoding.UTF8.GetBytes(text, _bytes.GetSpan(length));
                _bytes.Advance(length);
                break;
        }
    }

    private void Number(char tag, long number)
    {
        var span = _bytes.GetSpan(1 + sizeof(long));
        span[0] = (byte)tag;
        BinaryPrimitives.WriteInt64BigEndian(span[1..], number);
        _bytes.Advance(1 + sizeof(long));
    }
}

/// <summary>The tallies of both sides by table.</summary>
internal sealed class MoveTallies : IDisposable
{
    private readonly Dictionary<string, (TableTally Source, TableTally Target)> _tables = new(StringComparer.Ordinal);

    /// <summary>Those of a table.</summary>
    public (TableTally Source, TableTally Target) this[string table] =>
        _tables.TryGetValue(table, out var found) ? found : _tables[table] = (new TableTally(), new TableTally());

    /// <summary>The tables in the order in which they were read.</summary>
    public IReadOnlyList<string> Tables => [.. _tables.Keys];

    public void Dispose()
    {
        foreach (var (source, target) in _tables.Values)
        {
            source.Dispose();
            target.Dispose();
        }
    }
}
