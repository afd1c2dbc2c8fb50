using System.Globalization;

namespace Consensus.Storage.Evidence.Vectors;

/// <summary>Whose vectors compare with each other: those of one model, of one length where one was asked for.</summary>
/// <param name="Model">The model's id: <c>provider/model</c>.</param>
/// <param name="Dimensions">How many numbers a vector was asked to have; <c>null</c>: as many as the model gives.</param>
public sealed record EmbeddingSpace(string Model, int? Dimensions = null)
{
    /// <summary>What it is known by where vectors are stored.</summary>
    internal string Name => Dimensions is { } asked ? string.Create(CultureInfo.InvariantCulture, $"{Model} {asked}") : Model;
}
