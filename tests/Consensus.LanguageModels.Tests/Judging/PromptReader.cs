using System.Text.RegularExpressions;
using Consensus.LanguageModels.Judging.Fencing;

namespace Consensus.LanguageModels.Tests.Judging;

/// <summary>Takes a prompt apart as a careful reader would: line by line, by any line separator there is.</summary>
internal static partial class PromptReader
{
    /// <summary>What stands outside of fences, and the fenced texts by name, each without its prefixes. Fails on a line inside a fence without the prefix.</summary>
    public static (string Outside, IReadOnlyList<(string Name, string Text)> Fenced) Read(string prompt, string ticket)
    {
        var (outside, fenced) = (new List<string>(), new List<(string, string)>());
        string? open = null;
        var inside = new List<string>();
        foreach (var line in Separators().Split(prompt))
        {
            if (open is null && Begin().Match(line) is { Success: true } begin && begin.Groups["ticket"].Value == ticket)
            {
                (open, inside) = (begin.Groups["name"].Value, []);
            }
            else if (open is not null && line == $"<<<END {open} {ticket}>>>")
            {
                fenced.Add((open, string.Join('\n', inside)));
                open = null;
            }
            else if (open is null)
            {
                outside.Add(line);
            }
            else
            {
                Assert.StartsWith(Fence.LinePrefix, line, StringComparison.Ordinal);
                inside.Add(line[Fence.LinePrefix.Length..]);
            }
        }

        Assert.Null(open);
        return (string.Join('\n', outside), fenced);
    }

    [GeneratedRegex(@"^<<<BEGIN (?<name>.+?) (?<ticket>[0-9a-f]{16})(?: \(the first [0-9]+ of [0-9]+ characters\))?>>>$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Begin();

    [GeneratedRegex("[\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Separators();
}
