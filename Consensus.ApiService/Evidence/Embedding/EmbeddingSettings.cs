using Consensus.ApiService.Hosting;
using Consensus.LanguageModels.Embedding;
using Consensus.Storage.Evidence.Vectors;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Evidence.Embedding;

/// <summary>The section <c>Evidence:Embeddings</c>: the model by which passages are found beside their words.</summary>
/// <param name="Asked">The model; <c>null</c>: passages are found by their words alone.</param>
/// <param name="BatchSize">How many passages are embedded in one call, 1 to 128.</param>
/// <param name="MinSimilarity">The least cosine of a passage that is found by its vector, 0 to 1.</param>
/// <param name="Timeout">How long a search waits for the vector of its query, 50 ms to a minute; then it is by words alone.</param>
internal sealed record EmbeddingSettings(EmbeddingModel? Asked, int BatchSize, double MinSimilarity, TimeSpan Timeout)
{
    /// <summary>The section's name.</summary>
    public const string Section = "Evidence:Embeddings";

    private const int DefaultBatch = 32;
    private const double DefaultSimilarity = 0.3;

    /// <summary>The vectors of the model; <c>null</c> without one.</summary>
    public EmbeddingSpace? Space { get; } = Asked is null ? null : new EmbeddingSpace(Asked.Id, Asked.Dimensions);

    /// <exception cref="OptionsValidationException">Settings are wrong; the message has every fault.</exception>
    public static EmbeddingSettings Read(IConfiguration configuration, TextEmbedders embedders)
    {
        var reader = new SectionReader(
            configuration.GetSection(Section), "Model", nameof(EmbeddingModel.Dimensions), nameof(EmbeddingModel.UsdPerMillion), nameof(BatchSize),
            nameof(MinSimilarity), nameof(Timeout));
        var model = reader.Text("Model");
        if (model is not null)
        {
            reader.Require(embedders.FindProblem(model) is not { } problem, $"{Section}:Model is \"{model}\", which {embedders.FindProblem(model)}");
        }

        var dimensions = reader.Number(nameof(EmbeddingModel.Dimensions), 8, Contracts.Limits.EmbeddingDimensions);
        var price = reader.Real(nameof(EmbeddingModel.UsdPerMillion), 0, 1_000_000);
        return reader.Done(new EmbeddingSettings(
            model is null ? null : new EmbeddingModel(model, dimensions, (decimal?)price),
            reader.Number(nameof(BatchSize), 1, 128) ?? DefaultBatch,
            reader.Real(nameof(MinSimilarity), 0, 1) ?? DefaultSimilarity,
            reader.Time(nameof(Timeout), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1))));
    }
}
