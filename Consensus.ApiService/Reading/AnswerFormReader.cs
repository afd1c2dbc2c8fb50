using Consensus.ApiService.Schemas;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;

namespace Consensus.ApiService.Reading;

/// <summary>The form to read answers by, and the same as the request gave it, for the record.</summary>
internal sealed record AskedAnswer(AnswerForm Form, AnswerRequest? Given);

/// <summary>Reads <c>answer</c>: the kind to expect and how two answers are compared.</summary>
internal static class AnswerFormReader
{
    public static AskedAnswer Read(ObjectReader request)
    {
        if (Open(request) is not { } answer)
        {
            return new AskedAnswer(AnswerForm.Auto, null);
        }

        var kind = answer.OneOf<AnswerKindName>("kind") ?? AnswerKindName.Auto;
        // Options are compared, never sent: those of published data sets have stray control characters in them.
        var choices = answer.TextList("choices", Limits.MinChoices, Limits.MaxChoices, TextRules.Any | TextRules.NotBlank, Limits.ChoiceCharacters);
        var tolerance = answer.Number("tolerance", t => t >= 0, "0 or more");
        var schema = answer.Any("schema") is { } element ? AnswerSchema.Read(element, answer.Field("schema"), answer.Violations) : null;
        CheckTogether(answer, kind);
        var form = new AnswerForm
        {
            Kind = Enum.Parse<AnswerKind>(kind.ToString()),
            Choices = choices ?? [],
            Tolerance = tolerance ?? 0,
            Accepts = schema is null ? null : schema.Accepts,
        };
        return new AskedAnswer(form, new AnswerRequest { Kind = kind, Choices = choices, Tolerance = tolerance, Schema = schema?.Document });
    }

    private static ObjectReader? Open(ObjectReader request) =>
        request.Any("answer") is { } value ? ObjectReader.Open(value, request.Field("answer"), request.Violations, "kind", "choices", "tolerance", "schema") : null;

    private static void CheckTogether(ObjectReader answer, AnswerKindName kind)
    {
        var name = WireName.Of(kind);
        var hasChoices = answer.Has("choices");
        if (hasChoices && kind is not (AnswerKindName.Choice or AnswerKindName.Auto))
        {
            answer.Contradiction("choices", $"Options belong to the kind choice; the kind is {name}.");
        }

        if (!hasChoices && kind is AnswerKindName.Choice)
        {
            answer.Violations.Add(answer.Field("choices"), FieldCodes.Required, "The kind choice needs its options.", Allowed.Words($"{Limits.MinChoices} to {Limits.MaxChoices} options"));
        }

        if (answer.Has("tolerance") && (hasChoices || kind is not (AnswerKindName.Number or AnswerKindName.Auto)))
        {
            answer.Contradiction("tolerance", $"A tolerance belongs to the kind number; the kind is {(hasChoices ? "choice" : name)}.");
        }

        if (answer.Has("schema") && kind is not AnswerKindName.Json)
        {
            answer.Contradiction("schema", $"A schema belongs to the kind json; the kind is {name}.");
        }
    }
}
