using System.Text.Json;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Knowledge;

namespace Consensus.ModelSimulator.Tests.Questions;

internal static class FactFileReader
{
    public static FactFile Read()
    {
        using var file = SimulatorApplication.Resource("facts.json");
        return JsonSerializer.Deserialize(file, FactJson.Default.FactFile)!;
    }
}
