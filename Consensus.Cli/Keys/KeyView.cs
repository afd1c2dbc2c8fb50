using System.Globalization;
using System.Text.Json;
using Consensus.Cli.Display;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.Keys;

/// <summary>Keys in words.</summary>
internal static class KeyView
{
    /// <summary>A key that is stored there.</summary>
    public static async Task<KeyBody> OfAsync(RunLog log, string name) =>
        (await log.ListKeysAsync(CancellationToken.None)).Single(key => key.Name == name).ToBody(DateTimeOffset.UtcNow);

    /// <summary>All keys that are stored there.</summary>
    public static async Task<KeyList> AllAsync(RunLog log, CancellationToken cancellationToken) =>
        new([.. (await log.ListKeysAsync(cancellationToken)).Select(static key => key.ToBody(DateTimeOffset.UtcNow))]);

    /// <summary>The secret alone where results go, so that a script can take it; what there is to say about it beside.</summary>
    public static int Issued(Terminal terminal, IssuedKey issued, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(issued, ConsensusJson.Default.IssuedKey));
            return ExitCodes.Answer;
        }

        terminal.Out.WriteLine(issued.Secret);
        var may = SafeText.Line(string.Join(", ", issued.Key.Scopes)) + Until(issued.Key);
        terminal.Error.WriteLine($"Key {SafeText.Line(issued.Key.Name)} may {may}. Its secret is shown this once and stored nowhere.");
        if (issued.Key.PreviousUntil is { } until)
        {
            terminal.Error.WriteLine($"The secret before is taken until {Time(until)}.");
        }

        return ExitCodes.Answer;
    }

    public static int List(Terminal terminal, KeyList keys, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(keys, ConsensusJson.Default.KeyList));
            return ExitCodes.Answer;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("name", "state", "scopes", "secret", "made", "expires", "last used", "limits");
        foreach (var key in keys.Items)
        {
            table.AddRow([.. new[]
            {
                key.Name, key.Source == KeySource.Configured ? "configured" : WireName.Of(key.State), string.Join(' ', key.Scopes),
                key.Hint is null ? "" : key.Hint + "…", Time(key.CreatedAt), Time(key.ExpiresAt), Time(key.LastUsedAt), Limits(key.Limits),
            }.Select(cell => new Text(SafeText.Line(cell)))]);
        }

        terminal.Out.Write(table);
        return ExitCodes.Answer;
    }

    public static int Revoked(Terminal terminal, KeyBody key, bool json)
    {
        terminal.Out.WriteLine(json
            ? JsonSerializer.Serialize(key, ConsensusJson.Default.KeyBody)
            : $"Key {SafeText.Line(key.Name)} is revoked since {Time(key.RevokedAt)}.");
        return ExitCodes.Answer;
    }

    public static int Refused(Terminal terminal, string reason)
    {
        terminal.Error.WriteLine(reason);
        return ExitCodes.Error;
    }

    public static int Refused(Terminal terminal, IReadOnlyList<FieldError> errors)
    {
        foreach (var error in errors)
        {
            var allowed = Contracts.Client.Words.Allowed(error.Allowed);
            terminal.Error.WriteLine($"{SafeText.Line(error.Field)}: {SafeText.Line(error.Message, 400)} {allowed}".TrimEnd());
        }

        return ExitCodes.Error;
    }

    private static string Until(KeyBody key) => key.ExpiresAt is { } expires ? $" until {Time(expires)}" : "";

    private static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Limits(KeyLimits? limits) => string.Join(", ", new[]
    {
        limits?.RequestsPerMinute is { } requests ? $"{requests} requests a minute" : null,
        limits?.ConcurrentRuns is { } runs ? $"{runs} runs at a time" : null,
        limits?.DailyCostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{cost} USD a day") : null,
        limits?.CallsPerRun is { } calls ? $"{calls} calls a run" : null,
    }.OfType<string>());
}
