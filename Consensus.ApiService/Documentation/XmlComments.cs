using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Consensus.ApiService.Documentation;

/// <summary>
/// The documentation comments of the contracts, as the description says them: members by their names on the wire, in backticks. The identifiers are those of the
/// compiler (C# specification, annex D).
/// </summary>
internal sealed partial class XmlComments(string xml)
{
    private readonly Dictionary<string, XElement> members = XDocument.Parse(xml).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
    private readonly ConcurrentDictionary<string, string?> texts = new();

    /// <summary>What a type is; <c>null</c> where it does not say.</summary>
    public string? Of(Type type) => Summary(Id(type));

    /// <summary>What a member is, also one that is a parameter of its record; <c>null</c> where it does not say.</summary>
    public string? Of(PropertyInfo property) => Summary($"P:{Name(property.DeclaringType!)}.{property.Name}") ?? Parameter(property);

    /// <summary>What a member of an enum is; <c>null</c> where it does not say.</summary>
    public string? Of(Type type, string member) => Summary($"F:{Name(type)}.{member}");

    private static string Id(Type type) => $"T:{Name(type)}";

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private string? Parameter(PropertyInfo property) =>
        members.GetValueOrDefault(Id(property.DeclaringType!))?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name) is { } found ? Plain(found) : null;

    private string? Summary(string id) => texts.GetOrAdd(id, SummaryOf);

    private string? SummaryOf(string id)
    {
        if (!members.TryGetValue(id, out var member))
        {
            return null;
        }

        return member.Element("inheritdoc")?.Attribute("cref")?.Value is { } other ? Summary(other) : member.Element("summary") is { } summary ? Plain(summary) : null;
    }

    private static string Plain(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText written => written.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => see.Attribute("cref") is { } cref ? $"`{OnTheWire(cref.Value)}`" : $"`{see.Attribute("langword")?.Value}`",
                XElement { Name.LocalName: "paramref" } named => $"`{Camel(named.Attribute("name")!.Value)}`",
                XElement other => Plain(other),
                _ => "",
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>A member as it is written on the wire; of anything else its name.</summary>
    private static string OnTheWire(string cref)
    {
        var name = cref.Split('(')[0].Split('.')[^1];
        return cref[0] switch
        {
            'P' => Camel(name),
            'F' => JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
            _ => name.Split('`')[0],
        };
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Spaces();
}
