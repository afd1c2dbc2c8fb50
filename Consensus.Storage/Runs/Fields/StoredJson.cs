using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs.Fields;

/// <summary>JSON in columns: the wire's own form, unescaped where the wire would escape for browsers.</summary>
internal static class StoredJson
{
    /// <summary>As deep as the writer goes by default; request bodies are held to far less.</summary>
    private const int MaxDepth = 1000;

    private static readonly ConsensusJson Context =
        new(new JsonSerializerOptions(ConsensusJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth });

    public static JsonElement? Of(IReadOnlyList<string>? texts) => Element(texts, Context.IReadOnlyListString);

    public static JsonElement? Of(IReadOnlyList<int>? numbers) => Element(numbers, Context.IReadOnlyListInt32);

    public static JsonElement? Of(IReadOnlyList<RequestMessage>? messages) => Element(messages, Context.IReadOnlyListRequestMessage);

    public static JsonElement? Of(IReadOnlyList<RepeatabilityBody>? models) => Element(models, Context.IReadOnlyListRepeatabilityBody);

    public static JsonElement? Of(IReadOnlyList<StepBody>? steps) => Element(steps, Context.IReadOnlyListStepBody);

    public static JsonElement? Of(GateBody? gate) => Element(gate, Context.GateBody);

    public static JsonElement? Of(RunLineage? lineage) => Element(lineage, Context.RunLineage);

    public static JsonElement? Of(CascadeRequest? cascade) => Element(cascade, Context.CascadeRequest);

    public static JsonElement? Of(IReadOnlyDictionary<string, string>? texts) => Element(texts, Context.IReadOnlyDictionaryStringString);

    public static JsonElement? Of(IReadOnlyDictionary<string, double>? numbers) => Element(numbers, Context.IReadOnlyDictionaryStringDouble);

    public static IReadOnlyList<string>? Texts(string? json) => Parse(json, Context.IReadOnlyListString);

    public static IReadOnlyList<int>? Numbers(string? json) => Parse(json, Context.IReadOnlyListInt32);

    public static IReadOnlyList<RequestMessage>? Messages(string? json) => Parse(json, Context.IReadOnlyListRequestMessage);

    public static IReadOnlyList<RepeatabilityBody>? Repeatability(string? json) => Parse(json, Context.IReadOnlyListRepeatabilityBody);

    public static IReadOnlyList<StepBody>? Steps(string? json) => Parse(json, Context.IReadOnlyListStepBody);

    public static GateBody? Gate(string? json) => Parse(json, Context.GateBody);

    public static RunLineage? Lineage(string? json) => Parse(json, Context.RunLineage);

    public static CascadeRequest? Cascade(string? json) => Parse(json, Context.CascadeRequest);

    public static IReadOnlyDictionary<string, string>? TextsByName(string? json) => Parse(json, Context.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, double>? NumbersByName(string? json) => Parse(json, Context.IReadOnlyDictionaryStringDouble);

    public static JsonElement? Value(string? json) => json is null ? null : Parse(json);

    public static JsonElement Parse(string json) => JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });

    private static JsonElement? Element<T>(T? value, JsonTypeInfo<T> type)
        where T : class => value is null ? null : Parse(JsonSerializer.Serialize(value, type));

    private static T? Parse<T>(string? json, JsonTypeInfo<T> type)
        where T : class => json is null ? null : JsonSerializer.Deserialize(json, type);
}
