namespace Consensus.Cli.Benchmarks;

/// <summary>Counts the steps of long work: tells of each, and stops the work between two of them.</summary>
/// <param name="all">How many steps there are.</param>
/// <param name="tell">Told how many of how many are done; called from the threads that do them.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class Steps(int all, Action<int, int> tell, CancellationToken cancellationToken)
{
    private int _done;

    /// <summary>A step is done, or several are.</summary>
    /// <exception cref="OperationCanceledException">The work is to stop.</exception>
    public void Done(int steps = 1)
    {
        tell(Interlocked.Add(ref _done, steps), all);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
