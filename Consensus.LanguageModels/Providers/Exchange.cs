namespace Consensus.LanguageModels.Providers;

/// <summary>
/// One attempt as the HTTP handler sees it. Client libraries throw many things when a good body has an unexpected shape; knowing that the provider had
/// answered tells its fault from ours.
/// </summary>
internal sealed class Exchange
{
    private static readonly AsyncLocal<Exchange?> Current = new();

    public bool HasAnswer { get; private set; }

    /// <summary>Begins an exchange for the calls made from here on in this asynchronous flow.</summary>
    public static Exchange Begin() => Current.Value = new Exchange();

    public static void Answered()
    {
        if (Current.Value is { } exchange)
            exchange.HasAnswer = true;
    }
}
