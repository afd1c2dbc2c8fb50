using Consensus.ApiService.Auth;
using Consensus.ServiceDefaults.Http;

namespace Consensus.ApiService.Hosting;

/// <summary>Where the configuration says to listen.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:5080";

    /// <summary>Listens on the default address when nothing else is said.</summary>
    public static void UseDefault(WebApplicationBuilder builder)
    {
        if (!Configured(builder.Configuration).Any())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>Refuses, before anything is started, addresses that others can reach while somebody may come without a key.</summary>
    /// <exception cref="StartRefusedException">There is one.</exception>
    public static void Check(IConfiguration configuration, AccessRules rules)
    {
        if (rules.LoopbackOnly && Configured(configuration).FirstOrDefault(address => !IsLoopback(address)) is { } open)
        {
            throw new StartRefusedException(Refusal(open, rules));
        }
    }

    public static string Refusal(string? address, AccessRules rules) => $"Refusing to listen on {address}: " + (
        rules.IsUnknown ? $"the stored keys cannot be read, and without keys the API listens on loopback only. See to Storage:Folder, or listen on {Default}."
        : !rules.HasScheme ? $"without keys or tokens the API listens on loopback only. Make a key (consensus keys create --storage FOLDER), configure one (Auth:Keys) or an issuer (Auth:Jwt), or listen on {Default}."
        : $"with Auth:Anonymous=loopback the API listens on loopback only. Set Auth:Anonymous to none, or listen on {Default}.");

    private static IEnumerable<string> Configured(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"]);
        var ports = Split(configuration["http_ports"]).Select(port => $"http://*:{port}").Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"));
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>();
        return [.. urls, .. urls.Length == 0 ? ports : [], .. endpoints];
    }

    private static string[] Split(string? text) => (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsLoopback(string address)
    {
        try
        {
            return LoopbackName.Is(BindingAddress.Parse(address).Host);
        }
        catch (FormatException)
        {
            return true; // The server says what is wrong with it.
        }
    }
}
