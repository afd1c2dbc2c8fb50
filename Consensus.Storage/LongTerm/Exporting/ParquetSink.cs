using Consensus.Storage.Runs.Fields;
using Parquet;
using Parquet.Schema;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>A Parquet file for each table, flat: rows name their run by <c>run_id</c>. Times are microseconds in UTC, money stays text.</summary>
internal sealed class ParquetSink : IRunSink
{
    /// <summary>Runs whose rows share a row group.</summary>
    private const int RunsOfGroup = 5_000;

    private readonly ParquetTable[] _tables;
    private int _waiting;

    private ParquetSink(ParquetTable[] tables) => _tables = tables;

    public IReadOnlyList<string> Files => [.. _tables.Select(static table => table.Name)];

    public static async Task<ParquetSink> CreateAsync(string folder, CancellationToken cancellationToken)
    {
        List<ParquetTable> tables = [];
        foreach (var table in (PortableTable[])[PortableTables.Runs, PortableTables.Candidates, PortableTables.Clusters, PortableTables.Labels, PortableTables.Jobs, PortableTables.Scores])
        {
            tables.Add(await ParquetTable.CreateAsync(folder, table, cancellationToken));
        }

        return new ParquetSink([.. tables]);
    }

    public async Task AddAsync(PortableRun run, byte[] line, CancellationToken cancellationToken)
    {
        _tables[0].Add(run.IdBytes, [run.Run]);
        _tables[1].Add(run.IdBytes, run.Candidates);
        _tables[2].Add(run.IdBytes, run.Clusters);
        _tables[3].Add(run.IdBytes, run.Labels);
        _tables[4].Add(run.IdBytes, run.Jobs.Select(static job => job.Job));
        _tables[5].Add(run.IdBytes, run.Jobs.SelectMany(static job => job.Scores));
        if (++_waiting == RunsOfGroup)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        foreach (var table in _tables)
        {
            await table.FinishAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in _tables)
        {
            await table.DisposeAsync();
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _waiting = 0;
        foreach (var table in _tables)
        {
            await table.FlushAsync(cancellationToken);
        }
    }
}

/// <summary>One table's file.</summary>
internal sealed class ParquetTable : IAsyncDisposable
{
    private const string RunId = "run_id";

    private readonly FileStream _file;
    private readonly ParquetWriter _writer;
    private readonly (PortableColumn Column, DataField Field)[] _columns;
    private readonly List<object[]> _rows = [];
    private readonly bool _hasRunId;
    private bool _isFinished;

    private ParquetTable(string name, FileStream file, ParquetWriter writer, (PortableColumn Column, DataField Field)[] columns, bool hasRunId)
    {
        Name = name;
        _file = file;
        _writer = writer;
        _columns = columns;
        _hasRunId = hasRunId;
    }

    public string Name { get; }

    public static async Task<ParquetTable> CreateAsync(string folder, PortableTable table, CancellationToken cancellationToken)
    {
        var hasRunId = table.IndexOf(RunId) >= 0;
        PortableColumn[] columns = [.. hasRunId ? [] : new[] { new PortableColumn(RunId, PortableType.Id) }, .. table.Columns];
        var fields = Array.ConvertAll(columns, static column => (column, FieldOf(column)));
        var name = table.Name + ".parquet";
        var file = DurableFile.Create(Path.Combine(folder, name));
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        return new ParquetTable(
            name, file, await ParquetWriter.CreateAsync(new ParquetSchema(fields.Select(static field => (Field)field.Item2)), file, options, cancellationToken: cancellationToken), fields, hasRunId);
    }

    public void Add(byte[] runId, IEnumerable<object[]> rows)
    {
        foreach (var row in rows)
        {
            _rows.Add(_hasRunId ? row : [runId, .. row]);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _columns.Length; i++)
        {
            var (column, field) = _columns[i];
            var place = i;
            if (IsTime(column))
            {
                await group.WriteAsync<DateTime>(
                    field, _rows.Select(row => row[place] is long time ? StoredTime.Read(time).UtcDateTime : (DateTime?)null).ToArray(), cancellationToken: cancellationToken);
            }
            else if (column.Type == PortableType.Integer)
            {
                await group.WriteAsync<long>(field, _rows.Select(row => row[place] as long?).ToArray(), cancellationToken: cancellationToken);
            }
            else if (column.Type == PortableType.Real)
            {
                await group.WriteAsync<double>(field, _rows.Select(row => row[place] as double?).ToArray(), cancellationToken: cancellationToken);
            }
            else
            {
                await group.WriteAsync(field, _rows.Select(row => row[place] is byte[] id ? StoredValue.Id(id).ToString("D") : (row[place] as string)!).ToArray());
            }
        }

        group.CompleteValidate();
        _rows.Clear();
    }

    public async Task FinishAsync()
    {
        _isFinished = true;
        await _writer.DisposeAsync();
        _file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isFinished)
        {
            await _writer.DisposeAsync();
        }

        await _file.DisposeAsync();
    }

    private static DataField FieldOf(PortableColumn column) =>
        IsTime(column) ? new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true)
        : column.Type == PortableType.Integer ? new DataField(column.Name, typeof(long), isNullable: true)
        : column.Type == PortableType.Real ? new DataField(column.Name, typeof(double), isNullable: true)
        : new DataField(column.Name, typeof(string), isNullable: true);

    private static bool IsTime(PortableColumn column) => column.Type == PortableType.Integer && column.Name.EndsWith("_at", StringComparison.Ordinal);
}
