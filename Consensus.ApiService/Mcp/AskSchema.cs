using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Mcp;

/// <summary>What <c>ask_consensus</c> takes: members of <c>POST /v1/consensus</c> under the same rules, told as a JSON schema.</summary>
internal static class AskSchema
{
    public static IReadOnlyDictionary<string, JsonObject> Properties(ModelCatalog catalog) => new Dictionary<string, JsonObject>
    {
        ["prompt"] = ToolSchema.Text("The question, with everything that is needed to answer it: the models see nothing else.", Limits.PromptCharacters),
        ["answer"] = ToolSchema.Closed(ToolSchema.Object("What kind of answer is expected; answers are compared by it. Left out, it is found from the answers.", new Dictionary<string, JsonObject>
        {
            ["kind"] = ToolSchema.Names<AnswerKindName>("The kind of the answer."),
            ["choices"] = ToolSchema.List(
                "The options of a choice.", ToolSchema.Text("An option.", Limits.ChoiceCharacters), Limits.MinChoices, Limits.MaxChoices),
            ["tolerance"] = ToolSchema.Number("The greatest difference at which two numbers are the same answer.", 0),
            ["schema"] = ToolSchema.Object("A JSON Schema that an answer of the kind json must satisfy. The prompt has to say what is wanted as well.", new Dictionary<string, JsonObject>()),
        })),
        ["strategy"] = ToolSchema.Names(
            $"How to decide; {Strategies.Majority} when left out. Those that ask the models again are {string.Join(", ", StepStrategies.All.Select(s => s.Name))}.",
            [.. DecisionPolicies.All.Select(p => p.Name), .. StepStrategies.All.Select(s => s.Name)]),
        ["panel"] = ToolSchema.Names("Whom to ask: a configured panel. Not together with models.", catalog.Panels.Keys.Order(StringComparer.Ordinal)),
        ["models"] = ToolSchema.List(
            "Whom to ask: models by id. Not together with panel.", ToolSchema.Names("A model.", catalog.Models.Select(m => m.Id)), 1, Limits.PanelModels),
        ["samplesPerModel"] = ToolSchema.Whole("How many answers each model gives.", 1, Limits.SamplesPerModel),
        ["quorum"] = ToolSchema.Number($"The share of all asked that one answer must exceed for a consensus, less than 1; {Limits.DefaultQuorum} when left out.", 0, 1),
        ["minResponses"] = ToolSchema.Whole("The least number of usable answers; more than half of those asked when left out.", 1, Limits.AggregateAnswers),
        ["deadlineMs"] = ToolSchema.Whole($"Milliseconds until the run decides with what has arrived; {Limits.DefaultDeadlineMs} when left out.", Limits.MinDeadlineMs, Limits.MaxDeadlineMs),
        ["maxCostUsd"] = ToolSchema.Number("The most that the run may cost, in US dollars; every model needs a configured price.", 0),
        ["earlyStop"] = ToolSchema.Names<EarlyStop>("Whether to stop before everybody has answered: certain, once nothing can change any more; adaptive, once the lead is safe."),
        ["temperature"] = ToolSchema.Number("The temperature of the models.", 0, Limits.MaxTemperature),
        ["maxOutputTokens"] = ToolSchema.Whole($"The most tokens of one answer; {Limits.DefaultMaxOutputTokens} when left out.", 1, Limits.MaxOutputTokens),
        ["seed"] = ToolSchema.Whole("A seed, for models that take one.", -Reading.ConsensusRequestReader.GreatestSeed, Reading.ConsensusRequestReader.GreatestSeed),
        ["category"] = ToolSchema.Text("A subject label.", Limits.LabelCharacters),
        ["parentRunId"] = ToolSchema.Text(
            "The id of a stored run because of which this is asked: one that it tries again, refines or follows up. It decides nothing."),
        ["tags"] = ToolSchema.List("Labels to find the run by.", ToolSchema.Text("A label.", Limits.LabelCharacters), most: Limits.Tags),
    };

    public static JsonElement Of(ModelCatalog catalog) => ToolSchema.Element(ToolSchema.Closed(ToolSchema.Object(null, Properties(catalog), "prompt")));
}
