using Microsoft.Net.Http.Headers;

namespace Consensus.ApiService.Http;

/// <summary>What a caller takes, by its <c>Accept</c> header.</summary>
internal static class Accepts
{
    public const string EventStream = "text/event-stream";

    /// <summary>Whether JSON will do.</summary>
    public static bool Json(HttpRequest request) => Quality(request, "application/json") > 0;

    /// <summary>Whether events will do.</summary>
    public static bool AnyEvents(HttpRequest request) => Quality(request, EventStream) > 0;

    /// <summary>Whether the caller asks for events by name, and at least as much as for JSON; of equals the first named wins.</summary>
    public static bool Events(HttpRequest request)
    {
        var named = Parse(request);
        var stream = named.FindIndex(m => m.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase) && (m.Quality ?? 1) > 0);
        if (stream < 0)
        {
            return false;
        }

        var json = named.FindIndex(m => m.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
        var lead = json < 0 ? 1 : (named[stream].Quality ?? 1) - (named[json].Quality ?? 1);
        return lead > 0 || (lead == 0 && stream < json);
    }

    /// <summary>The media type that the caller takes most gladly, of equals the first; <c>null</c> when none will do.</summary>
    public static string? OneOf(HttpRequest request, params IReadOnlyList<string> mediaTypes) =>
        mediaTypes.Where(type => Quality(request, type) > 0).MaxBy(type => Quality(request, type));

    private static double Quality(HttpRequest request, string mediaType)
    {
        var named = Parse(request);
        if (named.Count == 0)
        {
            return 1;
        }

        // The most specific range that fits decides, as RFC 9110 says: "application/json;q=0, */*" takes anything but JSON.
        var wanted = new MediaTypeHeaderValue(mediaType);
        var fits = named.Where(m => wanted.IsSubsetOf(new MediaTypeHeaderValue(m.MediaType))).ToList();
        return fits.Count == 0 ? 0 : fits.MinBy(m => m.MatchesAllTypes ? 3 : m.MatchesAllSubTypes ? 2 : m.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) ? 0 : 1)!.Quality ?? 1;
    }

    /// <summary>The ranges named; none when the header is absent or cannot be read.</summary>
    private static List<MediaTypeHeaderValue> Parse(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var named) ? [.. named] : [];
}
