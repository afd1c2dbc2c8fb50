using Consensus.ApiService.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService;

// Not top-level statements: a global Program would clash with those of the other services in tests that reference several.
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            await ApiHost.Build(args).RunAsync();
            return 0;
        }
        catch (Exception refused) when (refused is StartRefusedException or OptionsValidationException or IOException)
        {
            // What the one who starts it can mend: settings, or an address in use. The message says which.
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
