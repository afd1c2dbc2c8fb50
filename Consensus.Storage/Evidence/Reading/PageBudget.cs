namespace Consensus.Storage.Evidence.Reading;

/// <summary>
/// What making the tree of one page may take, on the thread that makes it. Elements that are not closed, or closed in the wrong order, make a parser look through
/// all that are open again and again, and open them anew: a small page can take minutes, or unfold to a great one.
/// </summary>
internal sealed class PageBudget(int characters, TimeSpan time)
{
    /// <summary>A page of nothing but tags takes 120 bytes for a character.</summary>
    private const long BytesOfCharacter = 200;

    private const long LeastBytes = 128L * 1024 * 1024;
    private const long MostBytes = 1024L * 1024 * 1024;

    private readonly long _end = Environment.TickCount64 + (long)time.TotalMilliseconds;
    private readonly long _bytes = GC.GetAllocatedBytesForCurrentThread() + Math.Min(LeastBytes + (characters * BytesOfCharacter), MostBytes);

    /// <exception cref="TimeoutException">There is no more of it.</exception>
    public void Check()
    {
        if (Environment.TickCount64 > _end || GC.GetAllocatedBytesForCurrentThread() > _bytes)
        {
            throw new TimeoutException("The budget of this page is spent.");
        }
    }
}
