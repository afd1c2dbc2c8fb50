using System.Text;
using Consensus.Contracts;
using Consensus.LanguageModels.Catalog;

namespace Consensus.LanguageModels.Calling;

/// <summary>What a call costs, before and after.</summary>
internal static class CallPrice
{
    /// <summary>Room for what a chat template puts around each message: role and turn marks, names, a preamble.</summary>
    private const int TokensAroundMessage = 16;

    private const decimal Million = 1_000_000m;

    /// <summary>
    /// A bound, not a guess: the tokenizers of current models fall back to bytes, so a text has at most as many tokens as UTF-8 bytes (plain English has about
    /// a quarter of that). A schema counts like a message. Output is taken at its cap. One attempt is counted: providers do not bill an attempt that they answered with an error.
    /// </summary>
    public static decimal? WorstCase(ModelEntry model, ModelCall call)
    {
        var input = call.Messages.Sum(m => (long)Encoding.UTF8.GetByteCount(m.Text) + TokensAroundMessage) + TokensAroundMessage
            + (call.Schema is { } schema ? Encoding.UTF8.GetByteCount(schema.Schema.GetRawText()) + TokensAroundMessage : 0);
        return Of(model, input, Cap(call));
    }

    /// <summary>The cap sent with a call; there is always one, or the worst case would have no bound.</summary>
    public static int Cap(ModelCall call) => call.MaxOutputTokens ?? Limits.DefaultMaxOutputTokens;

    public static decimal? Of(ModelEntry model, long? input, long? output) =>
        (input * model.InputUsdPerMillion + output * model.OutputUsdPerMillion) / Million;
}
