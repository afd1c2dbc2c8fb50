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

    public static string Refusal(string? address, AccessRules rules) => rules.Keys.IsEmpty
        ? $"Refusing to listen on {address}: without keys (Auth:Keys) the API listens on loopback only. Configure a key, or listen on {Default}."
        : $"Refusing to listen on {address}: with Auth:Anonymous=loopback the API listens on loopback only. Set Auth:Anonymous to none, or listen on {Default}.";

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
