using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Stats;

namespace Consensus.ModelSimulator.Json;

/// <summary>Source-generated JSON of the simulator's own routes: camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultBody))]
[JsonSerializable(typeof(FaultListBody))]
[JsonSerializable(typeof(StatsBody))]
[JsonSerializable(typeof(HealthBody))]
internal sealed partial class AdminJson : JsonSerializerContext;
