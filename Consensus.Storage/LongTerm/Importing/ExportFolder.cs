using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.LongTerm.Exporting;

namespace Consensus.Storage.LongTerm.Importing;

/// <summary>An export that is to be read back.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Manifest">What it says it holds.</param>
/// <param name="Format">How it is written.</param>
internal sealed record ExportFolder(string Path, ExportManifest Manifest, ExportFormat Format)
{
    /// <summary>Reads the manifest and holds every file against it.</summary>
    /// <exception cref="InvalidDataException">It is no export, of a later version, Parquet, or its files are not what was written.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ExportFolder Open(string path)
    {
        var manifest = ReadManifest(System.IO.Path.Combine(path, RunExport.ManifestName));
        if (manifest.SchemaVersion != 1 || ExportFormats.Find(manifest.Format) is not { } format)
        {
            throw new InvalidDataException("The export was written by a later version of this program.");
        }

        if (format == ExportFormat.Parquet)
        {
            throw new InvalidDataException("A Parquet export is for analysis and is not imported; export as ndjson.zst or ndjson.gz.");
        }

        Checksums.Verify(path, manifest.Files);
        string[] names = manifest.Evidence is null ? [NdjsonSink.NameOf(format)] : [NdjsonSink.NameOf(format), EvidenceExport.NameOf(format)];
        return manifest.Files.Select(static file => file.Name).SequenceEqual(names) && (manifest.Evidence is null || manifest.Evidence.File == names[1])
            ? new ExportFolder(path, manifest, format)
            : throw new InvalidDataException("The manifest does not name the files of its format.");
    }

    /// <summary>The runs, one at a time.</summary>
    /// <exception cref="InvalidDataException">A line is no run.</exception>
    public IEnumerable<PortableRun> Runs()
    {
        using var reader = new StreamReader(NdjsonSink.Open(Path, Format));
        while (reader.ReadLine() is { } line)
        {
            yield return PortableRunJson.Read(System.Text.Encoding.UTF8.GetBytes(line));
        }
    }

    /// <summary>The evidence, a line at a time; each document is behind its collection.</summary>
    /// <exception cref="InvalidDataException">A line is none, or of a version that is not known here; the message names it.</exception>
    public IEnumerable<EvidenceLine> Evidence()
    {
        var name = EvidenceExport.NameOf(Format);
        using var reader = new StreamReader(LineFile.Open(System.IO.Path.Combine(Path, name), Format));
        var number = 0;
        var collection = default(Guid?);
        while (reader.ReadLine() is { } text)
        {
            number++;
            var line = Read(text, name, number);
            collection = line.Collection?.Id ?? collection;
            if (line.Document is { Document: var document } && document.Collection != collection)
            {
                throw new InvalidDataException($"{name}, line {number}: The document {document.Id:D} is not behind its collection.");
            }

            yield return line;
        }
    }

    private static EvidenceLine Read(string text, string name, int number)
    {
        try
        {
            return EvidenceLine.Read(text);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{name}, line {number}: {fault.Message}", fault);
        }
    }

    private static ExportManifest ReadManifest(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no {RunExport.ManifestName}: the folder is no export, or one that was not finished.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ConsensusJson.Default.ExportManifest)
                is { Format: not null, Files: not null, Rows: not null, RecordsSha256: not null } manifest ? manifest : throw new JsonException("Members are missing.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no manifest of an export: {fault.Message}", fault);
        }
    }
}
