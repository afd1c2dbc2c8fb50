namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>Takes the runs of an export, in their order, and makes its files.</summary>
internal interface IRunSink : IAsyncDisposable
{
    /// <summary>The files that it makes, known before it is finished.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Takes the next run.</summary>
    Task AddAsync(PortableRun run, byte[] line, CancellationToken cancellationToken);

    /// <summary>Writes what is left, durably.</summary>
    Task FinishAsync(CancellationToken cancellationToken);
}
