using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consensus.ApiService.Tests.FanOut;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>Reads the prompts of steps and answers them in their form.</summary>
internal static partial class StepScript
{
    /// <summary>Whether a call is a step's and not the panel's.</summary>
    public static bool IsStep(this ModelCall call) => call.Schema is not null;

    public static string Prompt(this ModelCall call) => call.Messages[^1].Text;

    /// <summary>The letters of the shown answers by what their first line says.</summary>
    public static Dictionary<string, string> Labels(this ModelCall call) =>
        Answer().Matches(call.Prompt()).ToDictionary(m => m.Groups["text"].Value, m => m.Groups["label"].Value);

    /// <summary>The reply of a step: members behind the right ticket.</summary>
    public static ModelReply Reply(this ModelCall call, params (string Name, JsonNode Value)[] members)
    {
        var reply = new JsonObject { ["ticket"] = TicketLine().Match(call.Prompt()).Groups["ticket"].Value };
        foreach (var (name, value) in members)
        {
            reply[name] = value;
        }

        return ScriptedModels.Says(reply.ToJsonString(), 0.01m);
    }

    /// <summary>A ranking by what the answers say, the best first; those that the model was not shown are left out.</summary>
    public static ModelReply Ranks(this ModelCall call, params string[] texts)
    {
        var labels = call.Labels();
        return call.Reply(("rationale", "Because."), ("ranking", new JsonArray([.. texts.Where(labels.ContainsKey).Select(text => (JsonNode)labels[text])])));
    }

    public static ModelReply Keeps(this ModelCall call) => call.Reply(("error", ""), ("decision", "keep"), ("answer", ""));

    public static ModelReply Changes(this ModelCall call, string error, string answer) => call.Reply(("error", error), ("decision", "change"), ("answer", answer));

    public static ModelReply Writes(this ModelCall call, string answer) => call.Reply(("answer", answer));

    /// <summary>One grade for the shown answer on a rubric of one criterion.</summary>
    public static ModelReply Grades(this ModelCall call, string grade) =>
        call.Reply(("criteria", new JsonObject { ["correctness"] = new JsonObject { ["rationale"] = "Because.", ["grade"] = grade } }));

    /// <summary>The verdict on two shown answers.</summary>
    public static ModelReply Prefers(this ModelCall call, string better) => call.Reply(("rationale", "Because."), ("better", better));

    [GeneratedRegex("<<<BEGIN answer (?<label>[A-Z]) [0-9a-f]{16}>>>\n\\| (?<text>[^\n]*)\n", RegexOptions.NonBacktracking)]
    private static partial Regex Answer();

    [GeneratedRegex("<<<BEGIN question (?<ticket>[0-9a-f]{16})>>>", RegexOptions.NonBacktracking)]
    private static partial Regex TicketLine();
}
