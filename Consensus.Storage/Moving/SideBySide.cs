namespace Consensus.Storage.Moving;

/// <summary>Reads one side of a move while the caller reads the other. Disposed only when the reading has ended: what it reads from is whole until then.</summary>
/// <param name="read">Reads.</param>
internal sealed class SideBySide<T>(Func<T> read) : IDisposable
{
    private readonly Task<T> _reading = Task.Run(read);

    /// <summary>What was read; waits for it.</summary>
    public T Result => _reading.GetAwaiter().GetResult();

    public void Dispose() => Task.WaitAny(_reading);
}
