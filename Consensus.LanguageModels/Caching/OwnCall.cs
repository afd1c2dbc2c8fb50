using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Caching;

/// <summary>A call on its way into the cache: if it turns out that the model has to be asked for it, what became of that.</summary>
internal sealed class OwnCall(ModelCall call)
{
    private readonly TaskCompletionSource<ModelReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The cache asks on a thread of its own; the call belongs to the trace and the log scope of its run all the same.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _asking;

    public ModelCall Call => call;

    /// <summary>What came of asking; null while it goes on, and when the model was not asked for this call.</summary>
    public ModelReply? Reply => _reply.Task.IsCompletedSuccessfully ? _reply.Task.Result : null;

    public async Task<ModelReply> AskAsync(Func<ModelCall, CancellationToken, Task<ModelReply>> ask, CancellationToken cancellationToken)
    {
        _asking = true;
        Task<ModelReply>? asking = null;
        if (_context is null)
            asking = ask(call, cancellationToken);
        else
            ExecutionContext.Run(_context, _ => asking = ask(call, cancellationToken), null);
        var reply = await asking!;
        _reply.TrySetResult(reply);
        return reply;
    }

    /// <summary>What to tell who waits no longer. Where nobody else waits the call is cancelled and soon back; else it goes on for the others, and may be billed.</summary>
    public async Task<ModelReply> GiveUpAsync(FailureReason reason, string message, TimeSpan patience, TimeProvider time)
    {
        if (!_asking)
            return new ModelReply { Failure = reason, FailureMessage = message };
        try
        {
            return await _reply.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            return new ModelReply { Failure = reason, FailureMessage = message, Attempts = 1, MayBeBilled = true };
        }
    }
}

/// <summary>What came of a call is not to be kept; carries it past the cache to all who wait for it.</summary>
internal sealed class NotKeptException(ModelReply reply) : Exception("The answer is not kept.")
{
    public ModelReply Reply => reply;
}
