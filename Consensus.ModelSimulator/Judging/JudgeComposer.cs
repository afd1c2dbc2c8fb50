using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Questions;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Judging;

/// <summary>Makes a model's reply to a prompt that has it judge, rank, check or sum up what others wrote: JSON by the prompt's schema, with its ticket.</summary>
internal sealed class JudgeComposer(Competence competence)
{
    private const string OffMenu = "off-menu";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The reply; <c>null</c> when the prompt asks for something else than the members known here.</summary>
    public Reply? Compose(ModelProfile model, FencedPrompt prompt, Conversation conversation, long seed, FaultKind? fault)
    {
        var draw = competence.Draw(model, conversation, seed);
        var bench = new JudgeBench(prompt, OpinionOf(model, prompt, seed, null), draw, model.Judge);
        var members = JsonText.Member(prompt.Members, "criteria") is { } criteria ? bench.Grades(criteria)
            : JsonText.Member(prompt.Members, "better") is { } better ? bench.Verdict(better)
            : JsonText.Member(prompt.Members, "claims") is { } claims ? (prompt.Named("passage ").Any() ? bench.Entailments(claims) : bench.Labels(claims))
            : JsonText.Member(prompt.Members, "ranking") is { } ranking ? bench.Ranking(ranking)
            : JsonText.Member(prompt.Members, "decision") is not null ? Debate(prompt, OpinionOf(model, prompt, seed, draw))
            : JsonText.Member(prompt.Members, "answer") is not null ? Synthesis(prompt)
            : null;
        if (members is null)
        {
            return null;
        }

        var written = (fault == FaultKind.OffMenu ? Spoilt(members, prompt.Members) : members).ToJsonString(Readable);
        var json = written == "{}" ? $$"""{"ticket":"{{prompt.Ticket}}"}""" : $$"""{"ticket":"{{prompt.Ticket}}",{{written[1..]}}""";

        // A model that does not keep to the form mends it when it is told.
        return new(fault == FaultKind.Prose && !prompt.AskedAgain ? $"Here is what I think of it.\n\n{json}\n\nI hope that this helps." : json);
    }

    /// <summary>The model's answer to the question as if it were asked it alone, or with the luck of another draw.</summary>
    private Opinion OpinionOf(ModelProfile model, FencedPrompt prompt, long seed, Draw? again) =>
        Solver.Solve(prompt.Question) is { } problem ? new(problem, competence.Answer(model, prompt.Named("question").Last().Text, problem, seed, again)) : new(null, null);

    // A second look, with luck of its own: who now comes to what another says has found an error.
    private static JsonObject Debate(FencedPrompt prompt, Opinion second)
    {
        var own = prompt.Named("your answer").FirstOrDefault()?.Text ?? "";
        var other = second.Agrees(own) == false ? prompt.Named("other answer").FirstOrDefault(answer => second.Agrees(answer.Text) == true) : null;
        return other is null
            ? new() { ["error"] = "", ["decision"] = "keep", ["answer"] = "" }
            : new() { ["error"] = $"I made a slip: working it out again gives {second.Own!.Text}.", ["decision"] = "change", ["answer"] = other.Text };
    }

    private static JsonObject Synthesis(FencedPrompt prompt)
    {
        var answers = prompt.Named("answer ").Select(answer => answer.Text).ToArray();
        var decided = prompt.Named("decided answer").FirstOrDefault()?.Text ?? answers.FirstOrDefault() ?? "";
        return new() { ["answer"] = answers.Length > 1 ? $"The panel differs, {answers.Length} answers were given. The answer is {decided}." : $"The answer is {decided}." };
    }

    // Every word that was chosen from a menu, as the schema has them.
    private static JsonObject Spoilt(JsonObject members, JsonElement schemas) =>
        new(members.Select(member => KeyValuePair.Create(member.Key, Spoilt(member.Value, JsonText.Member(schemas, member.Key) ?? default))));

    private static JsonNode? Spoilt(JsonNode? value, JsonElement schema) => value switch
    {
        JsonObject inner when JsonText.Member(schema, "properties") is { } members => Spoilt(inner, members),
        JsonArray items => new JsonArray([.. items.Select(item => Spoilt(item, JsonText.Member(schema, "items") ?? default))]),
        _ => JsonText.Member(schema, "enum") is null ? value?.DeepClone() : OffMenu,
    };
}
