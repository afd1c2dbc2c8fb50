using Consensus.ModelSimulator.Hosting;

namespace Consensus.ModelSimulator;

// Not top-level statements: a global Program would clash with that of the other services in tests that reference both.
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.UseDefaultAddress("http://localhost:5070");
        builder.AddSimulator();

        var app = builder.Build();
        app.MapSimulator();
        await app.RunAsync();
    }
}
