using System.CommandLine;
using System.Globalization;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Suites;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>
/// <c>compression</c>: stores the recorded answers of a suite as runs, one for each question, and measures what they take in the log, in the archive and in
/// exports.
/// </summary>
internal sealed class CompressionCommand : RootCommand
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Argument<FileInfo[]> _suites = new("suites") { Description = "Files of recorded answers.", Arity = ArgumentArity.OneOrMore };

    public CompressionCommand()
        : base("Measure how small runs get in the archive and in exports.")
    {
        Arguments.Add(_suites);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        Console.WriteLine("| suite | runs | answers | answers, MB | log, MB | JSON lines, MB | archive | ndjson.zst, level 3 | level 9 | level 19 | ndjson.gz | parquet |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var suite in result.GetRequiredValue(_suites))
        {
            var folder = Directory.CreateTempSubdirectory("consensus-compression-");
            try
            {
                Console.WriteLine(await MeasureAsync(suite, folder.FullName, cancellationToken));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<string> MeasureAsync(FileInfo suite, string folder, CancellationToken cancellationToken)
    {
        var items = SuiteFile.Read(suite.FullName).ToList();
        var path = Path.Combine(folder, RunLogRegistration.FileName);
        await using var log = await RunLog.OpenAsync(path, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance, cancellationToken);
        await Task.WhenAll(items.Select((item, i) => log.SaveAsync(new RunRecord(Run(item, Start.AddMinutes(i)), KeyId: null, "benchmark"), cancellationToken)));
        var stored = log.MeasureBytes();
        var lines = 0L;
        List<string> shares = [];
        foreach (var (format, level) in (IEnumerable<(ExportFormat, int?)>)
            [(ExportFormat.NdjsonZst, 3), (ExportFormat.NdjsonZst, 9), (ExportFormat.NdjsonZst, 19), (ExportFormat.NdjsonGz, null), (ExportFormat.Parquet, null)])
        {
            var to = Path.Combine(folder, $"{ExportFormats.WordOf(format)}-{level}");
            var manifest = await log.ExportAsync(new ExportOrder(to, format, null, null, KeyId: null, level), told: null, cancellationToken);
            lines = lines == 0 ? await LengthAsync(to, format, cancellationToken) : lines;
            shares.Add(Share(manifest.Files.Sum(static file => file.Bytes), lines));
        }

        await log.ArchiveAsync(DateTimeOffset.MaxValue, dryRun: false, told: null, cancellationToken);
        var (_, archived) = await log.MeasureArchiveAsync(cancellationToken);
        var answers = items.Sum(static item => item.Responses.Sum(static response => (long)System.Text.Encoding.UTF8.GetByteCount(response.Text)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {suite.Name.Split('.')[0]} | {items.Count} | {items.Sum(static item => item.Responses.Count)} | {Megabytes(answers)} | {Megabytes(stored)} | {Megabytes(lines)} | {Share(archived, lines)} | {string.Join(" | ", shares)} |");
    }

    private static async Task<long> LengthAsync(string folder, ExportFormat format, CancellationToken cancellationToken)
    {
        await using var unpacked = NdjsonSink.Open(folder, format);
        var buffer = new byte[81_920];
        long length = 0;
        for (int read; (read = await unpacked.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static ConsensusResponse Run(SuiteItem item, DateTimeOffset at) => new()
    {
        RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, StartedAt = at, FinishedAt = at.AddSeconds(2), Outcome = Outcome.Consensus,
        Request = new StoredRequest { Prompt = item.Question, Models = [.. item.Responses.Select(static response => response.Model)] },
        Candidates =
        [
            .. item.Responses.Select(static (response, i) => new CandidateBody { Id = i, Model = response.Model, Status = CandidateStatus.Answered, Text = response.Text, LatencyMs = 800 + i }),
        ],
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00}");

    private static string Share(long bytes, long of) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB ({100.0 * bytes / of:0.0} %)");
}
