using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Consensus.Contracts.Client;

/// <summary>That what was called is deprecated, or will be: it answers as ever, but a release may take it out.</summary>
/// <param name="Since">From when: the header <c>Deprecation</c> (RFC 9745).</param>
/// <param name="Sunset">When it may be gone, at the earliest: the header <c>Sunset</c> (RFC 8594); <c>null</c> when that is not known yet.</param>
/// <param name="Link">A page on what to do about it: the header <c>Link</c> with the relation <c>deprecation</c>; <c>null</c> without one.</param>
public sealed partial record DeprecationNotice(DateTimeOffset Since, DateTimeOffset? Sunset, Uri? Link)
{
    /// <summary>The notice in a response's headers; <c>null</c> without one, or with one that cannot be read.</summary>
    internal static DeprecationNotice? In(HttpResponseHeaders headers)
    {
        if (One(headers, "Deprecation") is not ['@', .. var seconds]
            || !long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var since)
            || since < DateTimeOffset.MinValue.ToUnixTimeSeconds() || since > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        var ends = DateTimeOffset.TryParseExact(One(headers, "Sunset"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sunset);
        return new DeprecationNotice(DateTimeOffset.FromUnixTimeSeconds(since), ends ? sunset : null, LinkIn(headers));
    }

    private static string? One(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First().Trim() : null;

    private static Uri? LinkIn(HttpResponseHeaders headers)
    {
        foreach (var value in headers.TryGetValues("Link", out var values) ? values : [])
        {
            foreach (Match link in OfDeprecation().Matches(value))
            {
                if (Uri.TryCreate(link.Groups["page"].Value, UriKind.Absolute, out var page) && page.Scheme is "https" or "http")
                {
                    return page;
                }
            }
        }

        return null;
    }

    // <https://…>; rel="deprecation"; type="text/html"
    [GeneratedRegex(
        "<(?<page>[^>]*)>(?=[^<]*;\\s*rel=\"?deprecation\\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfDeprecation();
}
