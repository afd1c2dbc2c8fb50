using System.Globalization;
using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>How a caller wants to get a run's answer, by the request's headers.</summary>
/// <param name="Streams">As events while it happens.</param>
/// <param name="RespondAsync">Later: <c>Prefer: respond-async</c> (RFC 7240).</param>
/// <param name="Wait">For how long to wait for the answer all the same: <c>wait=SECONDS</c> of that header.</param>
/// <param name="IdempotencyKey">The header <c>Idempotency-Key</c>; <c>null</c> without one.</param>
internal sealed record RunWish(bool Streams, bool RespondAsync, TimeSpan Wait, string? IdempotencyKey)
{
    public const string IdempotencyHeader = "Idempotency-Key";
    public const string PreferHeader = "Prefer";
    public const string AppliedHeader = "Preference-Applied";
    public const string RespondAsyncWord = "respond-async";

    /// <summary>Whether the run goes on when its caller goes away, because there is a way to get its answer later.</summary>
    public bool Outlives => RespondAsync || IdempotencyKey is not null;

    /// <summary>Reads the headers; what is wrong with them stands beside what is wrong with the body.</summary>
    public static RunWish Read(HttpRequest request, Violations violations)
    {
        var preferences = request.Headers[PreferHeader].SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var isAsync = preferences.Any(p => Word(p).Equals(RespondAsyncWord, StringComparison.OrdinalIgnoreCase));
        return new RunWish(Accepts.Events(request), isAsync, isAsync ? Waiting(preferences) : TimeSpan.Zero, Key(request, violations));
    }

    /// <summary>The claim that the key makes; <c>null</c> without a key.</summary>
    public IdempotencyClaim? ClaimOf(HttpContext http, JsonElement body) => IdempotencyKey is null
        ? null : IdempotencyClaim.Of(Caller.Of(http).KeyId, $"{http.Request.Method} {http.Request.Path.Value?.ToLowerInvariant()}", IdempotencyKey, body);

    /// <summary>Why what is wished for cannot be: an answer that is to be had later must be stored.</summary>
    public Problem? Refuse(RunLogOptions log) => !Outlives ? null
        : !log.Enabled ? new Problem(
            ErrorCatalog.RunLogDisabled, "Runs are not stored on this system (`RunLog:Enabled` is false), so neither `Prefer: respond-async` nor an `Idempotency-Key` can be honoured.")
        : log.Content == RunContent.None ? new Problem(
            ErrorCatalog.ContentNotStored, "Answers are not stored on this system (`RunLog:Content` is none), so neither `Prefer: respond-async` nor an `Idempotency-Key` can be honoured.")
        : null;

    private static string Word(string preference) => preference.Split([';', '='], 2)[0].Trim();

    private static TimeSpan Waiting(string[] preferences)
    {
        // A preference that cannot be read is ignored, as RFC 7240 says; one beyond the longest deadline is as good as that.
        var given = preferences.FirstOrDefault(p => Word(p).Equals("wait", StringComparison.OrdinalIgnoreCase))?.Split('=', 2).ElementAtOrDefault(1);
        return int.TryParse(given?.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, Limits.MaxDeadlineMs / 1000)) : TimeSpan.Zero;
    }

    /// <summary>The key as it is, or as the structured text that the draft of the header has: in quotes.</summary>
    private static string? Key(HttpRequest request, Violations violations)
    {
        var given = request.Headers[IdempotencyHeader];
        if (given.Count == 0)
        {
            return null;
        }

        var key = given.Count == 1 ? given[0]!.Trim() : "";
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        if (key.Length is >= 1 and <= Limits.IdempotencyKeyCharacters && key.All(c => c is > ' ' and <= '~' and not '"'))
        {
            return key;
        }

        violations.Add(
            IdempotencyHeader, FieldCodes.InvalidValue, given.Count > 1 ? "The header is given more than once." : "The key is not usable.",
            Allowed.Words($"1 to {Limits.IdempotencyKeyCharacters} visible ASCII characters, once"));
        return null;
    }
}
