namespace Consensus.ApiService.Admission;

/// <summary>Counts of a minute and of the one before it, and what they say of the sixty seconds until now.</summary>
/// <remarks>
/// The sliding window counter of two fixed windows: the last minute counts by the share of it that still lies within sixty seconds, as if its requests had come
/// evenly.
/// Source: J. Desgats (2017), "How we built rate limiting capable of scaling to millions of domains", Cloudflare.
/// </remarks>
/// <param name="Previous">The requests of the minute before.</param>
/// <param name="Current">The requests of this minute.</param>
/// <param name="Elapsed">How much of this minute has passed, 0 to 1.</param>
internal readonly record struct SlidingWindow(long Previous, long Current, double Elapsed)
{
    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    /// <summary>The number of the window in which a time lies, and how much of it has passed.</summary>
    public static (long Number, double Elapsed) At(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        return (ticks / Length.Ticks, (double)(ticks % Length.Ticks) / Length.Ticks);
    }

    /// <summary>The requests of the last sixty seconds, estimated.</summary>
    public double Estimate => (Previous * (1 - Elapsed)) + Current;

    /// <summary>Whether the requests counted so far are no more than a limit.</summary>
    public bool IsWithin(long limit) => Estimate <= limit;

    /// <summary>How many more requests would be taken now.</summary>
    public long Remaining(long limit) => Math.Max(0, (long)Math.Floor(limit - Estimate));

    /// <summary>Until this minute ends.</summary>
    public TimeSpan Reset => Length * (1 - Elapsed);

    /// <summary>When one more request will be within a limit of 1 or more, if none comes until then.</summary>
    public TimeSpan Wait(long limit)
    {
        if (Estimate + 1 <= limit)
        {
            return TimeSpan.Zero;
        }

        // In this minute the requests of the last fade; in the next those of this one do.
        return Current + 1 <= limit
            ? Length * (Fade(Previous, limit - Current - 1) - Elapsed)
            : Reset + (Length * Fade(Current, limit - 1));
    }

    /// <summary>How much of a minute must have passed for so many requests of the one before it to weigh no more than this.</summary>
    private static double Fade(long requests, long most) => requests <= most ? 0 : 1 - ((double)most / requests);
}
