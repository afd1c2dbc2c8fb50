using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>A file of examples, as it lies in the repository.</summary>
internal static class ExampleFile
{
    public const string Refusals = "refusals";

    private const string Folder = "Consensus.ApiService/Documentation/Examples";

    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names of the files whose requests are sent.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Path.Combine(Repository.Root, Folder), "*.json").Select(Path.GetFileNameWithoutExtension)
        .Where(name => name != Refusals).Select(name => name!).Order(StringComparer.Ordinal);

    public static JsonObject Read(string name) => JsonNode.Parse(Repository.Read(PathOf(name)))!.AsObject();

    /// <summary>Fails when the file is not as it should be; with <c>CONSENSUS_WRITE_DOCS=1</c> writes it instead.</summary>
    public static void Check(string name, JsonObject expected) => Repository.Check(PathOf(name), expected.ToJsonString(Indented) + "\n");

    public static string Show(JsonNode? node) => node?.ToJsonString(Indented) ?? "nothing";

    private static string PathOf(string name) => $"{Folder}/{name}.json";
}
