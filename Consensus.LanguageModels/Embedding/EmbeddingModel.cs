namespace Consensus.LanguageModels.Embedding;

/// <summary>The model that texts become vectors by. It is named apart from the models that are asked questions, and need not be among them.</summary>
/// <param name="Id">Its id: <c>provider/model</c>.</param>
/// <param name="Dimensions">How many numbers a vector is to have; <c>null</c>: as many as the model gives.</param>
/// <param name="UsdPerMillion">US dollars per million tokens; <c>null</c>: not known.</param>
public sealed record EmbeddingModel(string Id, int? Dimensions = null, decimal? UsdPerMillion = null);
