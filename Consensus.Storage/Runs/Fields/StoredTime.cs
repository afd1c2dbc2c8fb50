using System.Diagnostics.CodeAnalysis;

namespace Consensus.Storage.Runs.Fields;

/// <summary>
/// Times are integers: units of 100 ns since 1970-01-01T00:00:00Z. That is the resolution of <see cref="DateTimeOffset"/>, so a look-up gives the very
/// instant that the caller was told.
/// </summary>
internal static class StoredTime
{
    public static long Write(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? Write(DateTimeOffset? time) => time is { } given ? Write(given) : null;

    public static DateTimeOffset Read(long stored) => new(stored + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    [return: NotNullIfNotNull(nameof(stored))]
    public static DateTimeOffset? Read(long? stored) => stored is { } given ? Read(given) : null;
}
