using Asp.Versioning;

namespace Consensus.ApiService.Versioning;

/// <summary>
/// The version that a path names: its first segment, as in <c>/v1/runs</c>. Versions are read from the path and not bound by a parameter of the routes, so
/// that their patterns stay the paths that callers see, in logs, labels and the description alike.
/// </summary>
internal sealed class PathVersion : IApiVersionReader
{
    /// <summary>What follows the <c>v</c> of the first segment, where that begins with a digit; <c>null</c> where the path names no version.</summary>
    public static string? Of(PathString path)
    {
        var text = path.Value.AsSpan();
        if (text.Length < 3 || text[0] != '/' || (text[1] | 0x20) != 'v' || !char.IsAsciiDigit(text[2]))
        {
            return null;
        }

        var rest = text[2..];
        var end = rest.IndexOf('/');
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    public IReadOnlyList<string> Read(HttpRequest request) => Of(request.Path) is { } version ? [version] : [];

    public void AddParameters(IApiVersionParameterDescriptionContext context) => context.AddParameter("version", ApiVersionParameterLocation.Path);
}
