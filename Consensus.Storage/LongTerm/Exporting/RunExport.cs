using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>What is to be exported.</summary>
/// <param name="Folder">A new or empty folder.</param>
/// <param name="Format">How.</param>
/// <param name="From">Runs that were created at or after this.</param>
/// <param name="To">Runs that were created before this.</param>
/// <param name="KeyId">The API key's name; <c>null</c> without one.</param>
/// <param name="Level">How hard Zstandard tries, 1 to 19; 9 unless it is given.</param>
public sealed record ExportOrder(string Folder, ExportFormat Format, DateTimeOffset? From, DateTimeOffset? To, string? KeyId = null, int? Level = null)
{
    internal RunRange Range => new(StoredTime.Write(From) ?? long.MinValue, StoredTime.Write(To) ?? long.MaxValue);
}

/// <summary>Writes the files of an export, and its manifest last.</summary>
internal sealed class RunExport : IAsyncDisposable
{
    /// <summary>The manifest's name.</summary>
    public const string ManifestName = "manifest.json";

    private readonly ExportOrder _order;
    private readonly IRunSink _sink;
    private readonly IncrementalHash _records = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SortedDictionary<string, long> _rows = new(StringComparer.Ordinal);
    private ExportedEvidence? _evidence;
    private long? _first;
    private long? _last;

    private RunExport(ExportOrder order, IRunSink sink)
    {
        _order = order;
        _sink = sink;
        foreach (var table in (PortableTable[])[PortableTables.Runs, PortableTables.Candidates, PortableTables.Clusters, PortableTables.Labels, PortableTables.Jobs, PortableTables.Scores])
        {
            _rows[table.Name] = 0;
        }
    }

    /// <summary>The version of this program.</summary>
    public static string CodeVersion { get; } =
        typeof(RunExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public static async Task<RunExport> BeginAsync(ExportOrder order, CancellationToken cancellationToken)
    {
        DurableFile.RequireEmpty(order.Folder);
        return new RunExport(order, order.Format == ExportFormat.Parquet ? await ParquetSink.CreateAsync(order.Folder, cancellationToken) : new NdjsonSink(order.Folder, order.Format, order.Level));
    }

    /// <summary>Takes the next run, in the order of the export.</summary>
    public async Task AddAsync(PortableRun run, CancellationToken cancellationToken)
    {
        await _sink.AddAsync(run, _order.Format == ExportFormat.Parquet ? [] : PortableRunJson.Write(run), cancellationToken);
        _records.AppendData(run.ComputeHash());
        _first = Math.Min(run.CreatedAt, _first ?? long.MaxValue);
        _last = Math.Max(run.CreatedAt, _last ?? long.MinValue);
        Count(PortableTables.Runs, 1);
        Count(PortableTables.Candidates, run.Candidates.Count);
        Count(PortableTables.Clusters, run.Clusters.Count);
        Count(PortableTables.Labels, run.Labels.Count);
        Count(PortableTables.Jobs, run.Jobs.Count);
        Count(PortableTables.Scores, run.Jobs.Sum(static job => job.Scores.Count));
    }

    /// <summary>Takes the evidence, once all runs are there.</summary>
    /// <param name="store">The store; null: there is none.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="told">Told how many things have been written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="EvidenceExport.WriteAsync"/>
    public async Task AddEvidenceAsync(EvidenceStore? store, IReadOnlySet<Guid> runs, Action<long> told, CancellationToken cancellationToken) =>
        _evidence = await new EvidenceExport(_order, runs, told).WriteAsync(store, cancellationToken);

    /// <summary>Closes the files, reads them again for their hashes, and writes the manifest.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ended">Which runs it has, when it was made by schedule.</param>
    /// <param name="cancellationToken">Ends it before the manifest is written.</param>
    public async Task<ExportManifest> FinishAsync(DateTimeOffset now, EndedRuns? ended, CancellationToken cancellationToken)
    {
        await _sink.FinishAsync(cancellationToken);
        await _sink.DisposeAsync();
        var manifest = new ExportManifest(
            SchemaVersion: 1, Guid.CreateVersion7(now), now, ExportFormats.WordOf(_order.Format), PortableTables.Schema, CodeVersion, _order.From, _order.To,
            StoredTime.Read(_first), StoredTime.Read(_last), _rows, Convert.ToHexStringLower(_records.GetHashAndReset()),
            [.. _sink.Files.Concat(_evidence is null ? [] : [_evidence.File]).Select(name => Checksums.Of(_order.Folder, name))], ended, _evidence);
        DurableFile.Replace(Path.Combine(_order.Folder, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, ConsensusJson.Default.ExportManifest));
        return manifest;
    }

    public ValueTask DisposeAsync()
    {
        _records.Dispose();
        return _sink.DisposeAsync();
    }

    private void Count(PortableTable table, long rows) => _rows[table.Name] += rows;
}
