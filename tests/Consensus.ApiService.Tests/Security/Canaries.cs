using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.ApiService.Tests.Security;

/// <summary>Made secrets, and everything that came out of a service while it had them: whichever is found in it has leaked.</summary>
internal sealed class Canaries : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Where, string Text)> _seen = new();
    private readonly ActivityListener _spans;

    public Canaries()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => See($"span {span.OperationName}", Describe(span)),
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public int Seen => _seen.Count;

    /// <summary>Makes a secret nobody has seen before.</summary>
    public string Make(string name, string prefix = "", int bytes = 24) => Add(name, prefix + RandomNumberGenerator.GetHexString(bytes * 2, lowercase: true));

    public string Add(string name, string secret) => _secrets[name] = secret;

    public void See(string where, string text) => _seen.Enqueue((where, text));

    /// <summary>Keeps what a caller gets: status, headers and body.</summary>
    public async Task<string> SeeAsync(string what, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        See($"response to {what}", $"{(int)response.StatusCode} {response.ReasonPhrase}\n{response.Headers}\n{response.Content.Headers}\n{body}");
        return body;
    }

    /// <summary>Where each secret was found, as it is, percent-encoded, in Base64 or as an escaped JSON text.</summary>
    public IReadOnlyList<string> Leaks() =>
    [
        .. from seen in _seen
           from secret in _secrets
           where Forms(secret.Value).Any(form => seen.Text.Contains(form, StringComparison.OrdinalIgnoreCase))
           select $"{secret.Key} in {seen.Where}: {Around(seen.Text, secret.Value)}",
    ];

    public void Dispose() => _spans.Dispose();

    private static IEnumerable<string> Forms(string secret) => [secret, Uri.EscapeDataString(secret), WebUtility.HtmlEncode(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "(encoded)" : text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 20)];
    }

    private static string Describe(Activity span) => string.Join(
        '\n',
        [
            span.DisplayName, span.StatusDescription, span.TraceStateString, .. span.TagObjects.Select(t => $"{t.Key}={t.Value}"), .. span.Baggage.Select(b => $"{b.Key}={b.Value}"),
            .. span.Events.SelectMany(e => e.Tags.Select(t => $"{e.Name} {t.Key}={t.Value}")), .. span.Links.SelectMany(l => l.Tags ?? []).Select(t => $"{t.Key}={t.Value}"),
        ]);
}
