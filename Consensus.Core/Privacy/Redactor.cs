namespace Consensus.Core.Privacy;

/// <summary>Replaces personal data and secrets in a text by a marker of their kind, such as <c>[email]</c>.</summary>
public static class Redactor
{
    /// <summary>Redacts e-mail addresses, phone numbers, IPv4 and IPv6 addresses, card numbers (Luhn), IBANs (mod 97), API keys and JWTs.</summary>
    /// <returns>The same text when nothing was found.</returns>
    public static string Redact(string text) => throw new NotSupportedException();
}
