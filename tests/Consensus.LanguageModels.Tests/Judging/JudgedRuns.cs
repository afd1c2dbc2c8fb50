using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Judging.Rubrics;

namespace Consensus.LanguageModels.Tests.Judging;

/// <summary>A run to be judged, a configuration, a catalog of judges, and what an honest judge writes.</summary>
internal static partial class JudgedRuns
{
    public static readonly ModelCatalog Catalog = new()
    {
        Models = [Entry("j/red", "red"), Entry("j/blue", "blue"), Entry("j/green", "green")],
        Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = [] },
    };

    public static ScoringConfig Config(params string[] judges) => new()
    {
        SchemaVersion = 1, Rubric = ShippedRubrics.Correctness, Rubrics = ShippedRubrics.All, Judges = [.. judges.Select(judge => new JudgeSettings { Model = judge })],
    };

    public static JudgeWork Work(params (string Family, string Text, int? Cluster)[] candidates) => new()
    {
        JobId = Guid.Parse("01890000-0000-7000-8000-000000000001"), RunId = Guid.Parse("01890000-0000-7000-8000-000000000002"), Attempt = 1, Rubric = ShippedRubrics.Correctness,
        ConfigVersion = "0123456789abcdef", Messages = [new RequestMessage("user", "What is 2 + 2?")],
        Candidates = [.. candidates.Select((c, i) => new JudgedCandidate { Id = i, Model = $"p/{c.Family}", Family = c.Family, Text = c.Text, Cluster = c.Cluster })],
    };

    public static Task<Judgement> JudgeAsync(ScriptedJudge judge, JudgeWork work, ScoringConfig config) => new RunJudge(Catalog, judge.AskAsync).JudgeAsync(work, config, default);

    public static string TicketOf(ModelCall call) => Ticket().Match(call.Messages[0].Text).Groups["ticket"].Value;

    public static string Text(ModelCall call) => string.Join("\n\n", call.Messages.Select(message => message.Text));

    /// <summary>An answer by the schema of the call, its words the first of each menu unless others are given.</summary>
    public static ModelReply Honest(ModelCall call, Func<IReadOnlyList<string>, string>? choose = null) =>
        ScriptedJudge.Says(Node(call.Schema!.Schema, TicketOf(call), Claims().Count(Text(call)), choose ?? (menu => menu[0])).ToJsonString());

    private static JsonNode Node(JsonElement schema, string text, int claims, Func<IReadOnlyList<string>, string> choose, int number = 0) => schema.GetProperty("type").GetString() switch
    {
        "object" => new JsonObject(schema.GetProperty("properties").EnumerateObject().Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Node(member.Value, text, claims, choose, number)))),
        "array" => new JsonArray([.. Enumerable.Range(1, claims).Select(i => Node(schema.GetProperty("items"), text, claims, choose, i))]),
        "integer" => number,
        _ => schema.TryGetProperty("enum", out var menu) ? choose([.. menu.EnumerateArray().Select(entry => entry.GetString()!)]) : text,
    };

    private static ModelEntry Entry(string id, string family) => new() { Id = id, Provider = "j", ProviderKind = "openai", Name = id[2..], Family = family };

    [GeneratedRegex("carry the ticket (?<ticket>[0-9a-f]{16})", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Ticket();

    [GeneratedRegex("^<<<BEGIN claim ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Claims();
}
