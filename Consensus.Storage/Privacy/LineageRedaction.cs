using System.Text.Json;
using Consensus.Contracts.Provenance;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Privacy;

/// <summary>
/// What of a lineage may be stored: all of it, but for names that a caller chose and words of a provider, which are treated as in the columns of their own.
/// </summary>
internal static class LineageRedaction
{
    /// <param name="lineage">The lineage as it would be stored at <c>full</c>.</param>
    /// <param name="apply">What of a text of some class may be stored; <c>null</c>: nothing.</param>
    public static JsonElement Redact(JsonElement lineage, Func<FieldClass, string, string?> apply)
    {
        var whole = StoredJson.Lineage(lineage.GetRawText())!;
        return StoredJson.Of(whole with { Models = [.. whole.Models.Select(model => Redact(model, apply))] })!.Value;
    }

    private static LineageModel Redact(LineageModel model, Func<FieldClass, string, string?> apply) => model with
    {
        Id = apply(FieldClass.Model, model.Id)!,
        Family = model.Family is null ? null : apply(FieldClass.Model, model.Family),
        ProviderModels = [.. model.ProviderModels.Select(word => apply(FieldClass.Word, word)).OfType<string>()],
    };
}
