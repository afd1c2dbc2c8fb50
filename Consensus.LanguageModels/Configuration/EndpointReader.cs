using System.Net;
using Consensus.LanguageModels.Providers;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>
/// Reads <c>Providers:{name}:Endpoint</c>, the only thing that decides where a model's question, and the key, go. The value is never repeated in an error: an
/// address may hold credentials.
/// </summary>
/// <param name="configuration">The whole of it: names under <c>services</c> are those of this system's own services.</param>
internal sealed class EndpointReader(IConfiguration configuration)
{
    /// <summary>Lets providers be at link-local addresses.</summary>
    public const string AllowLinkLocal = "Network:AllowLinkLocal";

    public Uri? Read(SectionReader reader, bool allowLinkLocal)
    {
        var allowPlain = reader.Flag("AllowPlainHttp", fallback: false);
        if (reader.Text("Endpoint") is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "https+http" or "http+https") || uri.Host.Length == 0)
            reader.Error("Endpoint", "must be an absolute http or https address.");
        else if (uri.UserInfo.Length > 0)
            reader.Error("Endpoint", "must not hold credentials; put them into Key.");
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            reader.Error("Endpoint", "must not have a query or fragment.");
        else if (!allowLinkLocal && IPAddress.TryParse(uri.IdnHost, out var address) && LinkLocal.Is(address))
            reader.Error("Endpoint", $"is a link-local address, such as that of a cloud's metadata service; {AllowLinkLocal}=true allows it.");
        else if (uri.Scheme != Uri.UriSchemeHttps && !allowPlain && !uri.IsLoopback && !IsOwnService(uri.Host))
            reader.Error("Endpoint", "is plain http to another machine, where the question and the key can be read on the way; use https, or set AllowPlainHttp to true.");
        return uri;
    }

    /// <summary>A name that service discovery resolves from the configuration: whoever wrote that has said where it leads, and how.</summary>
    private bool IsOwnService(string host) => configuration.GetSection($"services:{host}").Exists();
}
