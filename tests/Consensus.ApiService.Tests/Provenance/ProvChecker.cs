using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>
/// Holds a document to the structure of PROV-JSON (W3C member submission, 24 April 2013): sections, required ends of relations, names with declared
/// prefixes, times.
/// </summary>
internal static partial class ProvChecker
{
    private static readonly string[] Elements = ["entity", "activity", "agent"];

    /// <summary>Each relation with its ends and what they must be; a question mark: it may be left out.</summary>
    private static readonly Dictionary<string, (string Role, string Element)[]> Relations = new()
    {
        ["used"] = [("activity", "activity"), ("entity", "entity?")],
        ["wasGeneratedBy"] = [("entity", "entity"), ("activity", "activity?")],
        ["wasDerivedFrom"] = [("generatedEntity", "entity"), ("usedEntity", "entity")],
        ["wasAssociatedWith"] = [("activity", "activity"), ("agent", "agent?")],
        ["wasAttributedTo"] = [("entity", "entity"), ("agent", "agent")],
        ["actedOnBehalfOf"] = [("delegate", "agent"), ("responsible", "agent"), ("activity", "activity?")],
        ["wasInformedBy"] = [("informed", "activity"), ("informant", "activity")],
    };

    public static void Check(JsonObject document)
    {
        var prefixes = document["prefix"]!.AsObject();
        Assert.All(prefixes, prefix => Assert.True(Uri.TryCreate((string)prefix.Value!, UriKind.Absolute, out _), $"{prefix.Key} is no namespace."));
        Assert.Subset(new HashSet<string>(["prefix", .. Elements, .. Relations.Keys]), document.Select(section => section.Key).ToHashSet());
        foreach (var (section, members) in document.Where(section => section.Key != "prefix"))
        {
            foreach (var (id, attributes) in members!.AsObject())
            {
                Assert.True(id.StartsWith("_:", StringComparison.Ordinal) ? Relations.ContainsKey(section) : IsDeclared(id), $"{section} {id}");
                CheckAttributes(section, attributes!.AsObject());
            }
        }

        foreach (var (relation, ends) in Relations)
        {
            foreach (var (id, told) in document[relation]?.AsObject() ?? [])
            {
                Assert.Subset(ends.Select(end => "prov:" + end.Role).ToHashSet(), told!.AsObject().Select(end => end.Key).ToHashSet());
                foreach (var (role, element) in ends)
                {
                    var name = (string?)told["prov:" + role];
                    Assert.True(name is null ? element.EndsWith('?') : document[element.TrimEnd('?')]?[name] is not null,
                        $"{relation} {id}: {role} {name} is nowhere.");
                }
            }
        }

        bool IsDeclared(string name) => name.Split(':', 2) is [var prefix, { Length: > 0 }] && (prefix is "prov" or "xsd" || prefixes.ContainsKey(prefix));

        void CheckAttributes(string section, JsonObject attributes)
        {
            foreach (var (name, value) in attributes)
            {
                Assert.True(IsDeclared(name), name);
                if (name is "prov:startTime" or "prov:endTime")
                {
                    Assert.Equal("activity", section);
                    Assert.Matches(DateTime(), (string?)value);
                }
                else if (value is JsonObject typed)
                {
                    Assert.Equal(["$", "type"], typed.Select(member => member.Key));
                    Assert.True(
                        IsDeclared((string)typed["type"]!) && ((string)typed["type"]! != "xsd:QName" || IsDeclared((string)typed["$"]!)),
                        $"{name}: {typed.ToJsonString()}");
                }
                else
                {
                    Assert.Equal(System.Text.Json.JsonValueKind.String, value!.GetValueKind());
                }
            }
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex DateTime();
}
