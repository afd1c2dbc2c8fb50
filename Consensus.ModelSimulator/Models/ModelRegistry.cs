using System.Collections.Frozen;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Replay;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Models;

/// <summary>The models that can be asked for: the simulated ones, those of the suites, and the embedding model.</summary>
internal sealed class ModelRegistry
{
    public const string EmbeddingModel = "simulated-embedding";

    private readonly FrozenDictionary<string, ModelProfile> byId;

    public ModelRegistry(IOptions<SimulatorOptions> options, ReplayLibrary replay)
    {
        var simulated = options.Value.Models
            .OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select((m, position) => new ModelProfile(m.Key, ModelKind.Simulated, m.Value, position));
        var replayed = replay.Models
            .Select(id => new ModelProfile(id, ModelKind.Replay, new() { Family = "replay", Latency = options.Value.ReplayLatency }));
        Models = [.. simulated, .. replayed, new(EmbeddingModel, ModelKind.Embedding, new() { Family = "embedding" })];
        if (Models.GroupBy(m => m.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            throw new OptionsValidationException(SimulatorOptions.Section, typeof(SimulatorOptions), [$"There are two models named '{twice.Key}': a suite's models need other names than the simulated ones."]);
        }

        byId = Models.ToFrozenDictionary(m => m.Id, StringComparer.Ordinal);
    }

    /// <summary>All models, in the order of <c>/v1/models</c>.</summary>
    public IReadOnlyList<ModelProfile> Models { get; }

    public ModelProfile? Find(string id) => byId.GetValueOrDefault(id);
}
