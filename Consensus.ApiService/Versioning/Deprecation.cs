using System.Globalization;

namespace Consensus.ApiService.Versioning;

/// <summary>
/// That something is, or from a moment on will be, deprecated: a version by its settings, an operation by the metadata of its route. It is served as before,
/// also after its sunset, until a release takes it out.
/// </summary>
/// <param name="Since">From when.</param>
/// <param name="Sunset">When it may be gone, at the earliest; never before <paramref name="Since"/>. <c>null</c>: not known yet.</param>
/// <param name="Link">A page on what to do about it, https.</param>
internal sealed record Deprecation(DateTimeOffset Since, DateTimeOffset? Sunset = null, Uri? Link = null)
{
    /// <summary>Deprecated in two ways, as an operation of a version: of each date the earlier, and every page.</summary>
    public static void Write(IHeaderDictionary headers, IReadOnlyCollection<Deprecation> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        // RFC 9745: a structured date, one only. RFC 8594: a date of HTTP, one only.
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{all.Min(one => one.Since).ToUnixTimeSeconds()}");
        if (all.Min(one => one.Sunset) is { } sunset)
        {
            headers["Sunset"] = sunset.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        }

        foreach (var link in all.Where(one => one.Link is not null).Select(one => (Page: one.Link!.AbsoluteUri, one.Sunset)).Distinct())
        {
            headers.Append("Link", $"<{link.Page}>; rel=\"deprecation\"; type=\"text/html\"");
            if (link.Sunset is not null)
            {
                headers.Append("Link", $"<{link.Page}>; rel=\"sunset\"; type=\"text/html\"");
            }
        }
    }
}
