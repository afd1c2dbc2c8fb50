using System.Globalization;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Reading;

namespace Consensus.ApiService.Versioning;

/// <summary>The section <c>Versioning</c>: whether version 1 is deprecated, and how long it stays.</summary>
/// <param name="V1"><c>null</c>: it is not.</param>
internal sealed record VersioningSettings(Deprecation? V1)
{
    private const string Section = "Versioning";
    private const string Version = $"{Section}:V1";
    private const string Deprecated = $"{Version}:Deprecated";
    private const string Sunset = $"{Version}:Sunset";
    private const string Link = $"{Version}:Link";

    /// <summary>The settings of the section.</summary>
    public static readonly string[] Names = [Deprecated, Sunset, Link];

    // RFC 3339, with the offset: a date that means another moment in every time zone promises nothing.
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <exception cref="StartRefusedException">The section is wrong; the message names every fault.</exception>
    public static VersioningSettings From(IConfiguration configuration)
    {
        var faults = new List<string>();
        foreach (var unknown in Named(configuration).Except([Version, .. Names], StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"{Shown.Cut(unknown, 100)} is no setting; {string.Join(", ", Names)} are.");
        }

        var since = Time(configuration, Deprecated, faults);
        var sunset = Time(configuration, Sunset, faults);
        var page = Given(configuration, Link) is { } text ? Page(text) : null;
        if (page is null && Given(configuration, Link) is { } wrong)
        {
            faults.Add($"{Link}: '{Shown.Cut(wrong, 100)}' is not an absolute address over https without credentials.");
        }

        if (sunset < since)
        {
            faults.Add($"{Sunset} lies before {Deprecated}.");
        }

        if (Given(configuration, Deprecated) is null && (Given(configuration, Sunset) ?? Given(configuration, Link)) is not null)
        {
            faults.Add($"{Sunset} and {Link} need {Deprecated}.");
        }

        return faults.Count > 0
            ? throw new StartRefusedException(string.Join(' ', faults))
            : new VersioningSettings(since is { } at ? new Deprecation(at, sunset, page) : null);
    }

    /// <summary>An address that may stand in a header; <c>null</c> for any other text.</summary>
    public static Uri? Page(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps && page.UserInfo.Length == 0 ? page : null;

    private static IEnumerable<string> Named(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().SelectMany(version => version.GetChildren().Select(setting => setting.Path).Append(version.Path));

    private static DateTimeOffset? Time(IConfiguration configuration, string name, List<string> faults)
    {
        if (Given(configuration, name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        faults.Add($"{name}: '{Shown.Cut(text, 100)}' is no time of RFC 3339 in whole seconds, such as 2027-01-31T00:00:00Z.");
        return null;
    }

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;
}
