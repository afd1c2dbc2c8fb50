namespace Consensus.ModelSimulator.Chat;

/// <summary>What a model says: a text, or a refusal.</summary>
internal sealed record Reply(string? Text, string? Refusal = null, string FinishReason = "stop")
{
    public static Reply Empty { get; } = new("");

    public static Reply Refused(string why) => new(null, why, "content_filter");

    public int Characters => (Text ?? Refusal ?? "").Length;

    /// <summary>The reply cut at the first stop text, then at the number of tokens.</summary>
    public Reply Cut(IReadOnlyList<string> stops, int? maxTokens)
    {
        if (Text is null)
        {
            return this;
        }

        var text = Text;
        foreach (var stop in stops)
        {
            var found = stop.Length == 0 ? -1 : text.IndexOf(stop, StringComparison.Ordinal);
            text = found < 0 ? text : text[..found];
        }

        var most = (maxTokens ?? int.MaxValue) < text.Length ? maxTokens!.Value * (long)TokenEstimate.CharactersPerToken : long.MaxValue;
        return text.Length > most
            ? new(text[..Whole(text, (int)most)], FinishReason: "length")
            : this with { Text = text };
    }

    // A pair of surrogates is never cut in two.
    private static int Whole(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
