using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Policies;

/// <summary>What the policy made of a run.</summary>
/// <param name="PolicyVersion">The version of the policy that was in force when the run began.</param>
/// <param name="Decision">What became of the run.</param>
/// <param name="Findings">What its gates found, also those that only said so; none when nothing was found.</param>
public sealed record GateBody(string PolicyVersion, GateDecision Decision, IReadOnlyList<GateFinding> Findings);

/// <summary>What a policy makes of a run.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GateDecision>))]
public enum GateDecision
{
    /// <summary>Nothing stood in its way; what a shadow gate found stands in the findings.</summary>
    Passed,

    /// <summary>No model was asked.</summary>
    Refused,

    /// <summary>The panel was asked, and its answer is not given out.</summary>
    Withheld,
}

/// <summary>What a gate found.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Mode">What it did: said so, or kept the answer back.</param>
/// <param name="Reason">Why, in a sentence without any text of the prompt.</param>
/// <param name="Rule">The name of the safety rule; <c>null</c> for the other gates.</param>
public sealed record GateFinding(GateName Gate, GateMode Mode, string Reason, string? Rule = null);

/// <summary>The gates of a policy.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GateName>))]
public enum GateName
{
    /// <summary>Which models may be asked.</summary>
    AllowedModels,

    /// <summary>Which strategies may decide.</summary>
    AllowedStrategies,

    /// <summary>How large and diverse the panel is.</summary>
    PanelSize,

    /// <summary>How long the prompt is.</summary>
    PromptLength,

    /// <summary>What the prompt must not have.</summary>
    PromptSafety,

    /// <summary>Personal data in what is sent to a provider.</summary>
    Redaction,

    /// <summary>How sure the panel is.</summary>
    MinimumConfidence,

    /// <summary>How much the panel agrees.</summary>
    MinimumAgreement,
}
