using System.Globalization;
using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Numerics;
using Consensus.Core.Privacy;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.ApiService.Steps;

/// <summary>A prompt of a step to one model: what it quotes stands behind a fence, and only who was asked can know its ticket.</summary>
internal sealed class StepPrompt(RunPlan plan, string model, params ReadOnlySpan<string> quoted)
{
    /// <summary>The prompt's ticket.</summary>
    public string Ticket { get; } = LanguageModels.Judging.Fencing.Ticket.Of(plan.RunId, [model, .. quoted]);

    /// <summary>The question that the panel was asked.</summary>
    public (string, string) Question => ("question", QuestionText.Fenced([.. plan.Messages.Select(m => new RequestMessage(m.Role.Value, m.Text))], Ticket));

    /// <summary>An answer, its middle left out where it is long: reasons begin a text, and its answer ends it.</summary>
    public string Fenced(string name, string text)
    {
        // What another model wrote is as much a part of the prompt as the question is.
        text = plan.Policy is { Redacts: true } ? Redactor.Redact(text) : text;
        const int half = Limits.StepAnswerCharacters / 2;
        return Fence.Around(name, text.Length <= 2 * half ? text : $"{text[..half]}\n[{text.Length - (2 * half)} characters are left out here]\n{text[^half..]}", Ticket);
    }

    /// <summary>The question to the model, answered in JSON.</summary>
    public StructuredQuestion<T> Asking<T>(string template, ResponseSchema schema, Func<JsonElement, Reading<T>> read, params IEnumerable<(string, string)> values)
        where T : class => new()
        {
            Call = new ModelCall
            {
                Model = model,
                Messages = PromptTemplates.Get(template).Fill([Question, ("ticket", Ticket), ("schema", schema.Schema.GetRawText()), .. values]),
                MaxOutputTokens = Math.Max(plan.MaxOutputTokens, Limits.StepOutputTokens),
                Seed = plan.Seed,
            },
            Schema = schema,
            Ticket = Ticket,
            Read = read,
        };

    /// <summary>The numbers 0 … count − 1 in an order that depends on the run and the model alone.</summary>
    public static int[] Shuffled(RunPlan plan, string model, int count) =>
        new SeededRandom(ulong.Parse(LanguageModels.Judging.Fencing.Ticket.Of(plan.RunId, "order", model), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).Permutation(count);
}
