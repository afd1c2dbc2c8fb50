namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>Whole runs, a line of JSON each, in one compressed file: what an import reads.</summary>
internal sealed class NdjsonSink : IRunSink
{
    private readonly LineFile _lines;

    public NdjsonSink(string folder, ExportFormat format, int? level)
    {
        var name = NameOf(format);
        Files = [name];
        _lines = new LineFile(Path.Combine(folder, name), format, level);
    }

    public IReadOnlyList<string> Files { get; }

    public static string NameOf(ExportFormat format) => "runs." + ExportFormats.WordOf(format);

    /// <summary>What the file said before it was compressed.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream Open(string folder, ExportFormat format) => LineFile.Open(Path.Combine(folder, NameOf(format)), format);

    public Task AddAsync(PortableRun run, byte[] line, CancellationToken cancellationToken) => _lines.AddAsync(line, cancellationToken);

    public Task FinishAsync(CancellationToken cancellationToken)
    {
        _lines.Finish();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();
}
