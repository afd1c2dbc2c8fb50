namespace Consensus.Storage.Evidence.Reading;

/// <summary>What reading one PDF may take. Once it is spent, every further step of the reader fails.</summary>
internal sealed class PdfBudget(TimeSpan time)
{
    private const long MostBytes = 128L * 1024 * 1024;

    private readonly long _end = Environment.TickCount64 + (long)time.TotalMilliseconds;
    private long _bytes;

    /// <summary>Whether there is no more of it.</summary>
    public bool IsSpent => _bytes > MostBytes || Environment.TickCount64 > _end;

    /// <summary>Bytes that may still be unpacked.</summary>
    public long Left => MostBytes - _bytes;

    /// <exception cref="InvalidDataException">There is no more of it.</exception>
    public void Check() => Spend(0);

    /// <summary>Counts bytes that are about to be unpacked.</summary>
    /// <exception cref="InvalidDataException">There is no more of it.</exception>
    public void Spend(long bytes)
    {
        _bytes += bytes;
        if (IsSpent)
        {
            throw new InvalidDataException("The budget of this PDF is spent.");
        }
    }
}
