using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Consensus.LanguageModels.Judging.Asking;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SchemaJson : JsonSerializerContext;
