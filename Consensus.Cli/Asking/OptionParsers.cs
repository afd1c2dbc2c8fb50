using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Asking;

/// <summary>How option values are read where the library's own reading does not fit.</summary>
internal static class OptionParsers
{
    /// <summary>An option over the names of an enum as they stand on the wire.</summary>
    public static Option<T?> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(value => WireName.Of(value), StringComparer.OrdinalIgnoreCase);
        return new Option<T?>(name)
        {
            Description = $"{description} One of: {string.Join(", ", names.Keys)}.",
            HelpName = name.TrimStart('-'),
            CustomParser = result =>
            {
                if (names.TryGetValue(result.Tokens.Single().Value, out var value))
                {
                    return value;
                }

                result.AddError($"{name} is one of {string.Join(", ", names.Keys)}, not '{result.Tokens.Single().Value}'.");
                return null;
            },
        };
    }

    /// <summary>A time such as <c>30s</c>, <c>1500ms</c> or <c>2m</c>, in whole milliseconds; a bare number is seconds.</summary>
    public static int? Milliseconds(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.OrdinalIgnoreCase) => (text[..^2], 1m),
            _ when text.EndsWith('s') => (text[..^1], 1000m),
            _ when text.EndsWith('m') => (text[..^1], 60_000m),
            _ => (text, 1000m),
        };
        if (decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue / unit)
        {
            return (int)(number * unit);
        }

        result.AddError($"'{text}' is not a time; write for example 30s, 1500ms or 2m.");
        return null;
    }

    /// <summary>An http address; the slash at its end that a path needs is added.</summary>
    public static Uri? Address(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError($"'{text}' is not an address; write for example http://localhost:5080.");
        return null;
    }

    /// <summary>Refuses NaN and infinities, which JSON cannot carry.</summary>
    public static Action<OptionResult> Finite(Option<double?> option) => result =>
    {
        if (result.GetValue(option) is { } number && !double.IsFinite(number))
        {
            result.AddError($"{option.Name} takes a finite number.");
        }
    };

    /// <summary>Refuses what a header cannot carry: only visible ASCII characters, at most so many.</summary>
    public static Action<OptionResult> HeaderText(Option<string> option, int most) => result =>
    {
        if (result.GetValue(option) is { } text && (text.Length == 0 || text.Length > most || text.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            result.AddError($"{option.Name} takes 1 to {most} visible ASCII characters.");
        }
    };
}
