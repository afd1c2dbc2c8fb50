using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Mcp;

/// <summary>What <c>check_evidence</c> takes and gives back: <c>POST /v1/evidence/check</c> under the same rules, told as JSON schemas.</summary>
internal static class CheckSchema
{
    public static JsonElement Input { get; } = ToolSchema.Element(ToolSchema.Closed(ToolSchema.Object(
        null,
        new Dictionary<string, JsonObject>
        {
            ["answer"] = ToolSchema.Text("The answer to check. Marks such as [1] cite the documents by their place.", Limits.AnswerCharacters),
            ["question"] = ToolSchema.Text("The question that it answers; it helps to find passages.", Limits.PromptCharacters),
            ["documents"] = ToolSchema.List("The documents to check against. Not together with collection.", ToolSchema.Closed(ToolSchema.Object(
                "A document.",
                new Dictionary<string, JsonObject>
                {
                    ["content"] = ToolSchema.Text("Its text; of application/pdf its bytes in Base64."),
                    ["mediaType"] = ToolSchema.Names("What it is; text/plain when left out.", Storage.Evidence.Reading.DocumentText.MediaTypes),
                    ["title"] = ToolSchema.Text("What it is called.", Limits.TitleCharacters),
                    ["source"] = ToolSchema.Text("Where it comes from.", Limits.TitleCharacters),
                    ["licence"] = ToolSchema.Text("Under which terms it may be used.", Limits.TitleCharacters),
                },
                "content")), 1, Limits.InlineDocuments),
            ["collection"] = ToolSchema.Text("The id of a stored collection to check against. Not together with documents."),
            ["maxPassages"] = ToolSchema.Whole($"The most passages; {Limits.DefaultPassages} when left out.", 1, Limits.MaxPassages),
            ["matching"] = ToolSchema.Names<EvidenceMatching>("How claims are held against passages; by a judge model where one is configured."),
            ["unsupported"] = ToolSchema.Names<UnsupportedClaims>("What becomes of claims that are not supported; marked when left out."),
            ["parentRunId"] = ToolSchema.Text(
                "The id of a stored run because of which the answer is checked, such as the one that gave it. It decides nothing."),
        },
        "answer")));

    public static JsonElement Output { get; } = ToolSchema.Element(ToolSchema.Object(
        null,
        new Dictionary<string, JsonObject>
        {
            ["evidenceId"] = ToolSchema.Text("The record's id."),
            ["abstained"] = ToolSchema.Flag("Whether there is no answer that could be defended."),
            ["abstainReason"] = ToolSchema.OrNull(ToolSchema.Names<AbstainReason>("Why there is none.")),
            ["text"] = ToolSchema.OrNull(ToolSchema.Text("The answer with its supported claims cited and the others marked or left out.")),
            ["claims"] = ToolSchema.List("The claims in their order, each with its label and citations.", ToolSchema.Object("A claim.", new Dictionary<string, JsonObject>())),
            ["passages"] = ToolSchema.List("The passages that citations name.", ToolSchema.Object("A passage.", new Dictionary<string, JsonObject>())),
        },
        "evidenceId", "abstained", "text", "claims", "passages"));
}
