using Microsoft.Net.Http.Headers;

namespace Consensus.ApiService.Http;

/// <summary>Conditional requests (RFC 9110, section 13) on documents that have a version.</summary>
internal static class EntityTag
{
    public static void Set(HttpResponse response, string version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>Whether the caller has this version already, by <c>If-None-Match</c>; weak tags count.</summary>
    public static bool IsKnown(HttpRequest request, string version) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags) && tags.Any(tag => Is(tag, version, useStrongComparison: false));

    /// <summary>Whether this version is one that the caller means to replace, by <c>If-Match</c>: any without the header, none with one that cannot be read.</summary>
    public static bool MayReplace(HttpRequest request, string version) =>
        request.Headers.IfMatch.Count == 0
        || (EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) && tags.Any(tag => Is(tag, version, useStrongComparison: true)));

    private static bool Is(EntityTagHeaderValue tag, string version, bool useStrongComparison) =>
        tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new EntityTagHeaderValue($"\"{version}\""), useStrongComparison);
}
