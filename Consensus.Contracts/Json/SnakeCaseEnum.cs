using System.Text.Json.Serialization;

namespace Consensus.Contracts.Json;

/// <summary>Writes an enum as its member names in snake_case (<c>NoConsensus</c> ↔ <c>"no_consensus"</c>); numbers are refused.</summary>
public sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(WireName.Policy, allowIntegerValues: false)
    where T : struct, Enum;
