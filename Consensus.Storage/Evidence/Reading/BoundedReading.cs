using Consensus.Contracts.Errors;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>
/// Reads what strangers wrote on threads of their own, two at a time, each for a time at most. One that does not end when told to keeps its place until it does.
/// </summary>
/// <param name="kind">What is read, for people: <c>PDFs</c>.</param>
internal sealed class BoundedReading(string kind) : IDisposable
{
    private const int AtATime = 2;
    private const int StackBytes = 16 * 1024 * 1024;

    /// <summary>How much later than its time a reader is given up; until then it may still say why.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <param name="read">Reads.</param>
    /// <param name="mostTime">For how long at most; a place is waited for as long.</param>
    /// <param name="unreadable">What a fault says of the document; of a reader that was given up, a <see cref="TimeoutException"/>.</param>
    /// <exception cref="UnreadableDocumentException">It cannot be read.</exception>
    public string Read(Func<string> read, TimeSpan mostTime, Func<Exception, UnreadableDocumentException> unreadable)
    {
        if (!_places.Wait(mostTime))
        {
            throw new UnreadableDocumentException(FieldCodes.UnsupportedContent, $"Too many {kind} are being read; send this one again later.");
        }

        var reading = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(
            () =>
            {
                try
                {
                    reading.SetResult(read());
                }
                catch (Exception fault)
                {
                    reading.SetException(fault);
                }
                finally
                {
                    _places.Release();
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = kind,
            Priority = ThreadPriority.BelowNormal,
        }.Start();
        try
        {
            return reading.Task.WaitAsync(mostTime + Grace).GetAwaiter().GetResult();
        }
        catch (UnreadableDocumentException)
        {
            throw;
        }
        catch (Exception fault)
        {
            _ = reading.Task.Exception; // Somebody has seen it.
            throw unreadable(fault);
        }
    }

    public void Dispose() => _places.Dispose();
}
