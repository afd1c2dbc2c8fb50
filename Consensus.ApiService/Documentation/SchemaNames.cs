using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The names of the schemas of the description, and the types that they are of.</summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> types = new();

    /// <summary>The name of a type's schema; <c>null</c> for one that stands where it is used.</summary>
    public string? Of(JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var name = plain == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        if (name is not null)
        {
            types[name] = plain;
        }

        return name;
    }

    /// <summary>The type of a schema; <c>null</c> for a schema that is of none.</summary>
    public Type? TypeOf(string name) => types.GetValueOrDefault(name);
}
