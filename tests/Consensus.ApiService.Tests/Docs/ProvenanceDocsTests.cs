using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.Documentation;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Docs;

/// <summary>The examples of the page are those of the description, which are sent again by a test of their own.</summary>
public sealed partial class ProvenanceDocsTests
{
    private const string Page = "docs/provenance.md";

    [Fact]
    public void TheExamplesOfThePageAreThoseThatAreSentAgain()
    {
        var steps = ExampleFile.Read("provenance")["steps"]!.AsArray().ToDictionary(step => (string)step!["name"]!, step => step!["response"]!["body"]);
        var shown = 0;
        Repository.Check(Page, Example().Replace(Repository.Read(Page), found =>
        {
            shown++;
            return $"{found.Groups["mark"].Value}\n```json\n{ExampleFile.Show(Short(steps[found.Groups["name"].Value]))}\n```\n";
        }));
        Assert.Equal(3, shown);
    }

    /// <summary>A replay without its two verdicts, which are those of a run.</summary>
    private static JsonNode? Short(JsonNode? body)
    {
        if (body?["was"] is null)
        {
            return body;
        }

        var report = body.DeepClone().AsObject();
        report.Remove("was");
        report.Remove("is");
        return report;
    }

    [GeneratedRegex(@"(?<mark><!-- example:(?<name>\w+) -->)\n(```json\n.*?\n```\n)?",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Example();
}
