namespace Consensus.ApiService.Versioning;

/// <summary>Deprecates single operations.</summary>
internal static class DeprecatedRoutes
{
    /// <summary>Says in headers of every response of a route, and in the description, that it is deprecated. Its behaviour does not change.</summary>
    /// <param name="route">The route.</param>
    /// <param name="since">From when; a moment to come announces it.</param>
    /// <param name="sunset">When it may be gone, at the earliest: not before the next version of the API is there.</param>
    /// <param name="link">A page on what to use instead, https.</param>
    /// <exception cref="ArgumentException">The sunset lies before the deprecation, or the link is not an absolute one over https.</exception>
    public static TBuilder Deprecated<TBuilder>(this TBuilder route, DateTimeOffset since, DateTimeOffset? sunset = null, string? link = null)
        where TBuilder : IEndpointConventionBuilder
    {
        if (sunset < since)
        {
            throw new ArgumentException("The sunset lies before the deprecation.", nameof(sunset));
        }

        if (link is not null && VersioningSettings.Page(link) is null)
        {
            throw new ArgumentException("The link is not an absolute one over https.", nameof(link));
        }

        return route.WithMetadata(new Deprecation(since, sunset, link is null ? null : VersioningSettings.Page(link)));
    }
}
