using Consensus.ApiService.Hosting;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Steps;

/// <summary>What the configuration says of strategies with steps.</summary>
/// <param name="Synthesizer">Who writes a synthesis; <c>null</c>: the most reliable of the panel that answered.</param>
internal sealed record StepSettings(ModelEntry? Synthesizer)
{
    /// <summary>The setting of <see cref="Synthesizer"/>: a model's id.</summary>
    public const string SynthesisModel = "Strategies:Synthesis:Model";

    /// <exception cref="StartRefusedException">A model that is named is not in the catalog.</exception>
    public static StepSettings Read(IConfiguration configuration, ModelCatalog catalog)
    {
        var id = configuration[SynthesisModel];
        return string.IsNullOrWhiteSpace(id) ? new StepSettings((ModelEntry?)null)
            : catalog.Find(id.Trim()) is { } model ? new StepSettings(model)
            : throw new StartRefusedException($"{SynthesisModel}: '{id}' is not a configured model; ids are provider/name.");
    }
}
