using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Mcp;

/// <summary>What tools give back, told as a JSON schema: a verdict, or the error.</summary>
internal static class VerdictSchema
{
    public static JsonElement Of(bool isLookUp)
    {
        var properties = Verdict();
        if (isLookUp)
        {
            foreach (var (name, schema) in LookUp())
            {
                properties[name] = schema;
            }
        }

        var needed = properties.Keys.Where(name => name is "runId" or "status" or "strategy" or "outcome" or "answer" or "dissent").ToArray();
        properties["error"] = Error();
        var whole = ToolSchema.Object(null, properties);
        whole["anyOf"] = new JsonArray(Requires(needed), Requires("error"));
        return ToolSchema.Element(whole);
    }

    private static Dictionary<string, JsonObject> Verdict() => new()
    {
        ["runId"] = ToolSchema.Text("The run's id, for get_run."),
        ["status"] = ToolSchema.Names<RunStatus>("Where the run is in its life."),
        ["statusReason"] = ToolSchema.OrNull(ToolSchema.Text("Why it failed or was cancelled.")),
        ["strategy"] = ToolSchema.Text("The strategy that decided."),
        ["outcome"] = ToolSchema.OrNull(ToolSchema.Names<Outcome>(
            "consensus: one answer holds more than the quorum. plurality: one leads. no_consensus: a tie, or no two agree. quorum_not_met: too few usable answers.")),
        ["answer"] = ToolSchema.OrNull(ToolSchema.Object("The answer; null unless the outcome is consensus or plurality.", new Dictionary<string, JsonObject>
        {
            ["text"] = ToolSchema.Text("The answer in words."),
            ["value"] = new() { ["description"] = "The answer as a value of its kind." },
            ["kind"] = ToolSchema.Names<AnswerKindName>("The kind."),
        }, "text", "kind")),
        ["agreement"] = ToolSchema.OrNull(ToolSchema.Number("The share of all asked that say what leads.", 0, 1)),
        ["confidence"] = ToolSchema.OrNull(ToolSchema.Object("How likely what leads is to be right.", new Dictionary<string, JsonObject>
        {
            ["raw"] = ToolSchema.OrNull(ToolSchema.Number("The strategy's own posterior.", 0, 1)),
            ["calibrated"] = ToolSchema.OrNull(ToolSchema.Number("The same, calibrated on labelled questions; null where nothing was fitted.", 0, 1)),
        })),
        ["stability"] = ToolSchema.OrNull(ToolSchema.Object("Whether the verdict survives the loss of a model.", new Dictionary<string, JsonObject>
        {
            ["level"] = ToolSchema.Names<StabilityLevel>("In a word."),
            ["score"] = ToolSchema.OrNull(ToolSchema.Number("The share of panels without one model that keep the verdict.", 0, 1)),
        })),
        ["dissent"] = ToolSchema.List("Other answers and who holds them; all answers where there is no verdict.", ToolSchema.Object(null, new Dictionary<string, JsonObject>
        {
            ["answer"] = ToolSchema.Text("What they say."),
            ["share"] = ToolSchema.Number("Their share of all asked.", 0, 1),
            ["models"] = ToolSchema.List("Who they are.", ToolSchema.Text("A model.")),
        })),
        ["gate"] = ToolSchema.OrNull(ToolSchema.Object("Why the policy gives no answer; null where it does not stand in the way.", new Dictionary<string, JsonObject>
        {
            ["decision"] = ToolSchema.Names<GateDecision>("What it decided."),
            ["reasons"] = ToolSchema.List("Why.", ToolSchema.Text("A reason.")),
        })),
        ["asked"] = ToolSchema.OrNull(ToolSchema.Whole("How many answers were asked for.", 0, int.MaxValue)),
        ["degraded"] = ToolSchema.Flag("Whether answers were missing."),
        ["costUsd"] = ToolSchema.OrNull(ToolSchema.Number("What the run cost, in US dollars; null where prices or tokens are not known.", 0)),
    };

    private static Dictionary<string, JsonObject> LookUp() => new()
    {
        ["question"] = ToolSchema.Text("What was asked, as far as it is stored."),
        ["createdAt"] = ToolSchema.Text("When it was asked (RFC 3339)."),
        ["candidates"] = ToolSchema.List("What every model said.", ToolSchema.Object(null, new Dictionary<string, JsonObject>
        {
            ["model"] = ToolSchema.Text("The model."),
            ["status"] = ToolSchema.Names<CandidateStatus>("What became of its answer."),
            ["text"] = ToolSchema.OrNull(ToolSchema.Text("What it wrote, as far as it is stored.")),
            ["cluster"] = ToolSchema.OrNull(ToolSchema.Whole("The rank of the answer that it holds, from 0.", 0, int.MaxValue)),
            ["error"] = ToolSchema.OrNull(ToolSchema.Names<FailureReason>("Why it has no vote.")),
        })),
    };

    private static JsonObject Error() => ToolSchema.Object("What went wrong, in place of everything else.", new Dictionary<string, JsonObject>
    {
        ["code"] = ToolSchema.Text("The stable code."),
        ["title"] = ToolSchema.Text("The code in words."),
        ["detail"] = ToolSchema.OrNull(ToolSchema.Text("What is wrong with this call.")),
        ["retryable"] = ToolSchema.Flag("Whether the same call may succeed later."),
        ["errors"] = ToolSchema.OrNull(ToolSchema.List("Every argument that is wrong.", ToolSchema.Object(null, new Dictionary<string, JsonObject>
        {
            ["field"] = ToolSchema.Text("The argument's path."),
            ["code"] = ToolSchema.Text("The kind of the fault."),
            ["message"] = ToolSchema.Text("What is wrong with it."),
        }))),
    }, "code");

    private static JsonObject Requires(params string[] names) => new() { ["required"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) };
}
