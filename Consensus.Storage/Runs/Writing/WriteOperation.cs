namespace Consensus.Storage.Runs.Writing;

/// <summary>One thing to write, and somebody who waits until it is durable.</summary>
internal abstract class WriteOperation
{
    /// <summary>Whether nobody waits any more: it need not be begun.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Whether something was erased, so that no trace may stay in the write-ahead log either.</summary>
    public abstract bool Erases { get; }

    /// <summary>Does it, inside the batch's transaction.</summary>
    public abstract void Execute(RunStatements statements);

    /// <summary>The batch is durable.</summary>
    public abstract void Complete();

    /// <summary>It was not written.</summary>
    public abstract void Fail(Exception reason);
}

/// <inheritdoc/>
internal sealed class WriteOperation<T>(Func<RunStatements, T> work, bool erases, CancellationToken cancellationToken) : WriteOperation
{
    private readonly TaskCompletionSource<T> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Completes when the result is durable. Cancelling ends the wait, not a write that has begun.</summary>
    public Task<T> Durable => _durable.Task.WaitAsync(cancellationToken);

    public override bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public override bool Erases => erases;

    public override void Execute(RunStatements statements) => _result = work(statements);

    public override void Complete() => _durable.TrySetResult(_result);

    public override void Fail(Exception reason) => _durable.TrySetException(reason);
}
