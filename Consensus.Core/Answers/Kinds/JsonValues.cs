using System.Text.Json;
using Consensus.Core.Answers.Literals;
using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Typed values as they go on the wire.</summary>
internal static class JsonValues
{
    public static JsonElement True { get; } = LiteralForm.Json(new TruthLiteral(true));

    public static JsonElement False { get; } = LiteralForm.Json(new TruthLiteral(false));

    public static JsonElement OfText(string text) => LiteralForm.Json(new TextLiteral(text));

    public static JsonElement OfNumber(Quantity number) => LiteralForm.Json(new NumberLiteral(number));
}
