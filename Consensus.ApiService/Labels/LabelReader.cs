using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Labels;

/// <summary>Reads a label.</summary>
internal static class LabelReader
{
    /// <returns>The label with exactly one member, or <c>null</c> when <paramref name="violations"/> says why not.</returns>
    public static LabelRequest? Read(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, "gold", "right") is not { } label)
        {
            return null;
        }

        var gold = label.Text("gold", TextRules.Any | TextRules.NotBlank, Limits.AnswerCharacters);
        bool? right = null;
        if (label.Any("right") is { } given)
        {
            right = given.ValueKind is JsonValueKind.True or JsonValueKind.False ? given.GetBoolean() : null;
            if (right is null)
            {
                violations.Add("right", FieldCodes.InvalidType, $"{Shown.Value(given)} is neither true nor false.", Allowed.Words("true or false"));
            }
        }

        if (label.Has("gold") && label.Has("right"))
        {
            label.Contradiction("right", "Give either the right answer or whether the run's answer is right.");
        }
        else if (!label.Has("gold") && !label.Has("right"))
        {
            violations.Add("gold", FieldCodes.Required, "The right answer is needed, or `right`: whether the run's answer is.");
        }

        return violations.None ? new LabelRequest { Gold = gold, Right = right } : null;
    }
}
