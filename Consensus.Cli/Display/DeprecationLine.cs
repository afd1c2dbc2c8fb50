using System.Globalization;
using Consensus.Contracts.Client;

namespace Consensus.Cli.Display;

/// <summary>What a terminal is told, once, of an API that will take away what was called.</summary>
internal static class DeprecationLine
{
    public static string Of(DeprecationNotice notice) => SafeText.Line(
        $"The API says that what was called is deprecated as of {Day(notice.Since)}{(notice.Sunset is { } sunset ? $" and may be gone from {Day(sunset)}" : "")}."
        + (notice.Link is null ? "" : $" {notice.Link.AbsoluteUri}"),
        500);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
