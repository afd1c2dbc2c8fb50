using System.Text;

namespace Consensus.Core.Privacy;

/// <summary>Replaces personal data and secrets in a text by a marker of their kind, such as <c>[email]</c>.</summary>
public static class Redactor
{
    /// <summary>
    /// Redacts e-mail addresses <c>[email]</c>, phone numbers <c>[phone]</c>, IPv4 and IPv6 addresses <c>[ip]</c>, card numbers (Luhn) <c>[card]</c>, IBANs
    /// (mod 97) <c>[iban]</c>,
    /// API keys and other named secrets <c>[secret]</c>, and JSON web tokens <c>[jwt]</c>. Plain numbers (years, prices, arithmetic) stay. Redacting twice
    /// changes nothing more.
    /// </summary>
    /// <remarks>Every finder looks at each character a bounded number of times, so the time is linear in the text.</remarks>
    /// <param name="text">Any text.</param>
    /// <returns>The same text when nothing was found.</returns>
    public static string Redact(string text)
    {
        List<RedactionSpan> spans = [];
        SecretFinder.Find(text, spans);
        MailFinder.Find(text, spans);
        AddressFinder.Find(text, spans);
        AccountFinder.Find(text, spans);
        PhoneFinder.Find(text, spans);
        return spans.Count == 0 ? text : Replace(text, spans);
    }

    // Of overlapping findings the one that begins first stands, and of those the longest; what is left of the others is covered with it.
    private static string Replace(string text, List<RedactionSpan> spans)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans.OrderBy(static span => span.Start).ThenByDescending(static span => span.End))
        {
            if (span.Start >= position)
            {
                result.Append(text, position, span.Start - position).Append(span.Marker);
                position = span.End;
            }
            else
            {
                position = Math.Max(position, span.End);
            }
        }
        return result.Append(text, position, text.Length - position).ToString();
    }
}
