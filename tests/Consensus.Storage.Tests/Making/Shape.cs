using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Tests.Making;

/// <summary>
/// Builds runs by walking the wire contract itself, so that a member added to the contract is in every test of this project from the day it exists.
/// </summary>
internal static class Shape
{
    public static ConsensusResponse Run(Filler filler)
    {
        var type = ConsensusJson.Default.ConsensusResponse;
        return Build(type, "", filler)!.Deserialize(type)!;
    }

    private static T? Deserialize<T>(this JsonNode node, JsonTypeInfo<T> type) => System.Text.Json.JsonSerializer.Deserialize(node, type);

    private static JsonNode? Build(JsonTypeInfo type, string path, Filler filler)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                var members = new JsonObject();
                // Not saved with a run: its label is said afterwards, its progress is known while it goes.
                foreach (var property in type.Properties.Where(property => property.PropertyType != typeof(LabelBody) && property.PropertyType != typeof(ClustersSoFar)))
                    members[property.Name] = Member(property, $"{path}.{property.Name}".TrimStart('.'), filler);
                return members;
            case JsonTypeInfoKind.Enumerable:
                return new JsonArray([.. Enumerable.Range(0, filler.Count(path)).Select(i => Build(Info(type.ElementType!), $"{path}[{i}]", filler))]);
            case JsonTypeInfoKind.Dictionary:
                var entries = new JsonObject();
                for (var i = filler.Count(path); i > 0; i--)
                    entries[filler.Text($"{path}.key{i}")] = Build(Info(type.ElementType!), $"{path}.value{i}", filler);
                return entries;
            default:
                return filler.Scalar(Nullable.GetUnderlyingType(type.Type) ?? type.Type, path);
        }
    }

    private static JsonNode? Member(JsonPropertyInfo property, string path, Filler filler)
    {
        var nullable = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable;
        return nullable && filler.Omits(path) ? null : Build(Info(property.PropertyType), path, filler);
    }

    private static JsonTypeInfo Info(Type type) => ConsensusJson.Default.Options.GetTypeInfo(type);
}
