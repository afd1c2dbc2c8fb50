using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Privacy;

/// <summary>Redacts every text in the report of a strategy's steps. Its own measures stay numbers; in <c>details</c> a number may be an answer, and is looked at.</summary>
internal static class StepRedaction
{
    public static JsonElement Redact(JsonElement steps, Func<string, string> redact) =>
        StoredJson.Of([.. StoredJson.Steps(steps.GetRawText())!.Select(step => Redact(step, redact))])!.Value;

    private static StepBody Redact(StepBody step, Func<string, string> redact) => step with
    {
        Name = redact(step.Name),
        Message = Redact(step.Message, redact),
        Calls = [.. step.Calls.Select(call => Redact(call, redact))],
        Details = step.Details is { } details ? JsonRedaction.Redact(details, redact) : null,
    };

    private static StepCallBody Redact(StepCallBody call, Func<string, string> redact) => call with
    {
        Model = redact(call.Model),
        Error = call.Error is { } error ? error with { Message = redact(error.Message) } : null,
    };

    private static string? Redact(string? text, Func<string, string> redact) => text is null ? null : redact(text);
}
