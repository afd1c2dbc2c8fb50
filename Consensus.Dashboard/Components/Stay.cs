namespace Consensus.Dashboard.Components;

/// <summary>The time from a component's first moment until the reader leaves it. What still goes on then reads the token too, so it outlives its source.</summary>
internal sealed class Stay : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Stay() => Ended = _source.Token;

    /// <summary>Cancelled when the reader leaves.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether the reader has left: nobody is there to be shown anything.</summary>
    public bool IsOver => Ended.IsCancellationRequested;

    public void Dispose()
    {
        _source.Cancel();
        _source.Dispose();
    }
}
