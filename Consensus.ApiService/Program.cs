using Consensus.ApiService.Hosting;

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
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
