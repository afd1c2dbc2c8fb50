namespace Consensus.ModelSimulator.Chat;

/// <summary>Counts tokens without a tokenizer: one for every four characters begun, and four more for each message's frame.</summary>
internal static class TokenEstimate
{
    public const int CharactersPerToken = 4;

    public const int PerMessage = 4;

    public static int OfText(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
