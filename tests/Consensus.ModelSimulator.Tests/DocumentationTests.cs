using System.Globalization;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Tests.Questions;
using Consensus.Testing;

namespace Consensus.ModelSimulator.Tests;

public class DocumentationTests
{
    private static readonly string Page = Repository.Read("docs/simulator.md");

    [Fact]
    public void EveryFaultAndOptionIsDescribed()
    {
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.Contains($"| `{kind.Name()}` |", Page, StringComparison.Ordinal));
        Assert.All(typeof(FaultOptions).GetProperties().Where(p => p.CanWrite), p => Assert.Contains($"| `{char.ToLowerInvariant(p.Name[0])}{p.Name[1..]}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryCategoryOfFactsIsNamed() =>
        Assert.All(FactFileReader.Read() is var facts ? facts.Relations.Select(r => r.Category).Concat(facts.Single.Select(s => s.Category)).Distinct() : [], category => Assert.Contains($"`{category}`", Page, StringComparison.Ordinal));

    [Fact]
    public async Task TheTableOfModelsIsThatOfTheDefaults()
    {
        await using var resource = Hosting.SimulatorApplication.Resource("default-models.json");
        var defaults = await System.Text.Json.JsonDocument.ParseAsync(resource, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var model in defaults.RootElement.GetProperty("Simulator").GetProperty("Models").EnumerateObject())
        {
            var row = Page.Split('\n').Single(line => line.StartsWith($"| `{model.Name}` |", StringComparison.Ordinal));
            Assert.Contains(model.Value.GetProperty("Family").GetString()!, row, StringComparison.Ordinal);
            Assert.Contains($"| {model.Value.GetProperty("Latency").GetProperty("MedianMs").GetDouble()} ms |", row, StringComparison.Ordinal);
            Assert.Contains($"| {model.Value.GetProperty("Skill").GetProperty("Overall").GetDouble().ToString("0.00", CultureInfo.InvariantCulture)} |", row, StringComparison.Ordinal);
            Assert.All(model.Value.GetProperty("Skill").GetProperty("Categories").EnumerateObject(), c => Assert.Contains($"{c.Value.GetDouble().ToString("0.00", CultureInfo.InvariantCulture)}", row, StringComparison.Ordinal));
        }
    }
}
