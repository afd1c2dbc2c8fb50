using System.Text;
using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Judging;

/// <summary>The texts of a message that stand between markers with a ticket, each of their lines behind a bar, and what stands outside.</summary>
/// <param name="Ticket">The word on every marker.</param>
/// <param name="Texts">The texts, in their order.</param>
/// <param name="Outside">All other lines.</param>
internal sealed partial record FencedTexts(string Ticket, IReadOnlyList<FencedText> Texts, string Outside)
{
    private const string Bar = "| ";

    /// <summary>Reads a message; <c>null</c> when it has no such text, or one that does not end.</summary>
    public static FencedTexts? Read(string message)
    {
        if (!message.Contains("<<<BEGIN ", StringComparison.Ordinal))
        {
            return null;
        }

        var (texts, outside, inside) = (new List<FencedText>(), new StringBuilder(), new StringBuilder());
        string? ticket = null, name = null;
        foreach (var line in message.Split('\n'))
        {
            if (name is not null)
            {
                if (line == $"<<<END {name} {ticket}>>>")
                {
                    texts.Add(new FencedText(name, inside.ToString()));
                    name = null;
                }
                else if (line.StartsWith(Bar, StringComparison.Ordinal))
                {
                    inside.Append(inside.Length > 0 ? "\n" : "").Append(line.AsSpan(Bar.Length));
                }
                else
                {
                    return null;
                }
            }
            else if (Begin().Match(line) is { Success: true } begin && (ticket ??= begin.Groups["ticket"].Value) == begin.Groups["ticket"].Value)
            {
                (name, inside) = (begin.Groups["name"].Value, new StringBuilder());
            }
            else
            {
                outside.Append(line).Append('\n');
            }
        }

        return name is null && ticket is not null ? new(ticket, texts, outside.ToString()) : null;
    }

    [GeneratedRegex(@"^<<<BEGIN (?<name>[^<>]+?) (?<ticket>[0-9a-f]{16})(?: \([^()]*\))?>>>$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Begin();
}

/// <summary>A text between markers.</summary>
/// <param name="Name">What the prompt calls it.</param>
/// <param name="Text">The text, without its bars.</param>
internal sealed record FencedText(string Name, string Text);
