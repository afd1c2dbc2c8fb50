namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>Tells the dispatcher that there is a job to send. A signal that is given while one is pending changes nothing.</summary>
internal sealed class DispatchSignal : IDisposable
{
    private readonly SemaphoreSlim _pending = new(0, 1);

    public void Ring()
    {
        try
        {
            _pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Waits for the signal, or for a while.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _pending.WaitAsync(longest, cancellationToken);

    public void Dispose() => _pending.Dispose();
}
