using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>Gives every schema and every member the sentence that the contracts say of it.</summary>
internal static class SchemaTexts
{
    private static readonly XmlComments Comments = new(Resources.Text("Consensus.Contracts.xml"));

    public static void Describe(OpenApiDocument document, SchemaNames names)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is not OpenApiSchema described)
            {
                continue;
            }

            if (names.TypeOf(name) is { } type)
            {
                described.Description = type.IsEnum ? OfEnum(type) : Comments.Of(type);
                DescribeMembers(described, type);
                if (type.IsEnum)
                {
                    // Whether it may be null is said where it is used: said here too, null would be both of two alternatives, and so neither.
                    described.Type = JsonSchemaType.String;
                    described.Enum = [.. Enum.GetNames(type).Select(name => (System.Text.Json.Nodes.JsonNode)Word(name))];
                }
            }
        }
    }

    private static void DescribeMembers(OpenApiSchema schema, Type type)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (members.TryGetValue(name, out var property) && Comments.Of(property) is { } text)
            {
                Describe(member, text);
            }
        }
    }

    private static void Describe(IOpenApiSchema member, string text)
    {
        switch (member)
        {
            case OpenApiSchema schema:
                schema.Description = text;
                break;
            case OpenApiSchemaReference reference:
                reference.Description = text;
                break;
            default:
                throw new InvalidOperationException($"A member is neither a schema nor a reference to one: {member.GetType()}.");
        }
    }

    private static string OfEnum(Type type)
    {
        var words = Enum.GetNames(type).Select(name => $"- `{Word(name)}`: {Comments.Of(type, name)}");
        return $"{Comments.Of(type)}\n\n{string.Join('\n', words)}";
    }

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
