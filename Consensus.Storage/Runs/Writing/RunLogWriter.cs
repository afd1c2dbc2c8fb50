using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.Moving;
using Consensus.Storage.Telemetry;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs.Writing;

/// <summary>
/// The one writer. Whatever has come in while a batch was being committed makes up the next batch, so that under load many runs share one commit and an
/// idle system still commits at once. The channel is bounded: who writes faster than the disk waits.
/// </summary>
internal sealed partial class RunLogWriter : IAsyncDisposable
{
    private const int Capacity = 1024;
    private const int MaxBatch = 256;

    private readonly Channel<WriteOperation> _channel =
        Channel.CreateBounded<WriteOperation>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly RunDatabase _database;
    private readonly AuditTrail _trail;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private WriterSession? _session;
    private bool _failing;
    private bool _erased;

    public RunLogWriter(RunDatabase database, AuditTrail trail, ILogger logger)
    {
        _database = database;
        _trail = trail;
        _logger = logger;
        _loop = Task.Run(WriteBatchesAsync);
    }

    /// <summary>Does something in the next batch and returns once it is durable.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written, or the log is closed.</exception>
    public async Task<T> WriteAsync<T>(Func<RunStatements, T> work, CancellationToken cancellationToken, bool erases = false)
    {
        var operation = new WriteOperation<T>(work, erases, cancellationToken);
        StorageMetrics.Waits(1);
        try
        {
            await _channel.Writer.WriteAsync(operation, cancellationToken);
            return await operation.Durable;
        }
        catch (ChannelClosedException)
        {
            throw new RunLogUnavailableException("The run log is closed.");
        }
        finally
        {
            StorageMetrics.Waits(-1);
        }
    }

    /// <summary>Takes nothing new, writes what has been taken, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _loop;
    }

    private async Task WriteBatchesAsync()
    {
        var batch = new List<WriteOperation>(MaxBatch);
        while (await _channel.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _channel.Reader.TryRead(out var operation))
            {
                if (!operation.IsAbandoned)
                    batch.Add(operation);
            }

            if (batch.Count > 0)
                Write(batch);
            batch.Clear();
        }

        Close();
    }

    private void Write(List<WriteOperation> batch)
    {
        var began = Stopwatch.GetTimestamp();
        var isDurable = false;
        try
        {
            var session = OpenSession();
            var faults = new Exception?[batch.Count];
            session.Begin();
            session.Statements.Audit.Start(_trail.Now);
            for (var i = 0; i < batch.Count; i++)
                faults[i] = session.Try(batch[i]);
            session.Commit();
            isDurable = true;
            _trail.Committed(session.Statements.Audit.End);
            StorageMetrics.Committed(Stopwatch.GetElapsedTime(began), batch.Count, isDurable);
            Answer(session, batch, faults);
        }
        catch (Exception fault)
        {
            if (!isDurable)
                StorageMetrics.Committed(Stopwatch.GetElapsedTime(began), batch.Count, isDurable);
            Discard();
            if (!_failing)
                LogFailing(fault, batch.Count);
            _failing = true;
            foreach (var operation in batch)
                operation.Fail(Unavailable(fault));
        }
    }

    private static RunLogUnavailableException Unavailable(Exception fault) => fault switch
    {
        RunLogMovedException => new RunLogMovedException(fault.Message, fault),
        DbException when fault.Message.Contains(MovedLog.Mark, StringComparison.Ordinal) => new RunLogMovedException("The run log has moved to another place; start the service with that place.", fault),
        RunLogUnavailableException => new RunLogUnavailableException(fault.Message, fault),
        _ => new RunLogUnavailableException("The run log cannot be written.", fault),
    };

    private void Answer(WriterSession session, List<WriteOperation> batch, Exception?[] faults)
    {
        if (_failing)
            LogRecovered();
        _failing = false;

        _erased |= batch.Exists(operation => operation.Erases);
        if (_erased)
            _erased = !Wipe(session);

        for (var i = 0; i < batch.Count; i++)
        {
            if (faults[i] is { } fault)
                batch[i].Fail(fault);
            else
                batch[i].Complete();
        }
    }

    /// <summary>The batch is committed already: a failing wipe must not be told as a failed write.</summary>
    private bool Wipe(WriterSession session)
    {
        try
        {
            return session.TryWipe();
        }
        catch (DbException fault)
        {
            LogWipeFailed(fault);
            return false;
        }
    }

    private WriterSession OpenSession()
    {
        if (_database.IsGone())
        {
            LogFileGone(_database.Place);
            Discard();
            _database.Forget();
        }

        return _session ??= new WriterSession(_database, _trail);
    }

    /// <summary>A connection that failed is not to be trusted: the next batch opens its own.</summary>
    private void Discard()
    {
        var session = _session;
        _session = null;
        try
        {
            session?.Dispose();
        }
        catch (DbException fault)
        {
            LogCloseFailed(fault);
        }
    }

    private void Close()
    {
        if (_session is { } session)
            Wipe(session);
        Discard();
        _trail.Keep();
    }

    [LoggerMessage(LogLevel.Error, "The run log cannot be written; {Count} writes failed. Further failures are not logged until it recovers")]
    private partial void LogFailing(Exception fault, int count);

    [LoggerMessage(LogLevel.Information, "The run log can be written again")]
    private partial void LogRecovered();

    [LoggerMessage(LogLevel.Warning, "The run log's file {Path} is gone; a new one is begun")]
    private partial void LogFileGone(string path);

    [LoggerMessage(LogLevel.Warning, "The run log's connection could not be closed cleanly")]
    private partial void LogCloseFailed(Exception fault);

    [LoggerMessage(LogLevel.Warning, "What was erased could not be wiped from the write-ahead log; it is tried again after the next write")]
    private partial void LogWipeFailed(Exception fault);
}
