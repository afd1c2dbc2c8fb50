using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Policies;

/// <summary>What may be asked, of whom, and which answers are given out: one document, replaced whole. Its version is a hash of its content.</summary>
/// <remarks>Each part is a gate of its own, with a mode: a part that is left out is off.</remarks>
public sealed record PolicyDocument
{
    /// <summary>The version of this shape; others are refused.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary><see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The models that may be asked; gate <c>allowed_models</c>.</summary>
    public NamesRule? Models { get; init; }

    /// <summary>The strategies that may decide; gate <c>allowed_strategies</c>.</summary>
    public NamesRule? Strategies { get; init; }

    /// <summary>How large and how diverse a panel must be; gate <c>panel_size</c>.</summary>
    public PanelRule? Panel { get; init; }

    /// <summary>How long a prompt may be; gate <c>prompt_length</c>.</summary>
    public PromptRule? Prompt { get; init; }

    /// <summary>What a prompt must not have, at most 50 rules, each name once; gate <c>prompt_safety</c>.</summary>
    public IReadOnlyList<SafetyRule> Safety { get; init => field = value ?? []; } = [];

    /// <summary>Whether personal data is taken out of what is sent to a provider; gate <c>redaction</c>.</summary>
    public RedactionRule? Redaction { get; init; }

    /// <summary>How sure the panel must be; gate <c>minimum_confidence</c>.</summary>
    public ConfidenceRule? Confidence { get; init; }

    /// <summary>How much the panel must agree; gate <c>minimum_agreement</c>.</summary>
    public AgreementRule? Agreement { get; init; }
}

/// <summary>What a gate does with what it finds.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GateMode>))]
public enum GateMode
{
    /// <summary>It says so, and the answer is given all the same: for trying a rule out.</summary>
    Shadow,

    /// <summary>No answer is given.</summary>
    Enforce,
}

/// <summary>Names that are allowed.</summary>
/// <param name="Allow">Names, each with <c>*</c> for any run of characters; <c>null</c>: every name.</param>
/// <param name="Deny">Names that are not allowed although they stand in <paramref name="Allow"/>; likewise.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record NamesRule(IReadOnlyList<string>? Allow = null, IReadOnlyList<string>? Deny = null, GateMode Mode = GateMode.Enforce);

/// <summary>Bounds of a panel.</summary>
/// <param name="MinModels">The fewest models, 1 or more.</param>
/// <param name="MaxModels">The most models.</param>
/// <param name="MinFamilies">The fewest different families.</param>
/// <param name="MaxAnswers">The most answers: models × samples.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record PanelRule(int? MinModels = null, int? MaxModels = null, int? MinFamilies = null, int? MaxAnswers = null, GateMode Mode = GateMode.Enforce);

/// <summary>Bounds of a prompt.</summary>
/// <param name="MaxCharacters">The most characters of the prompt, or of all messages together.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record PromptRule(int MaxCharacters, GateMode Mode = GateMode.Enforce);

/// <summary>A pattern that a prompt must not match.</summary>
/// <param name="Name">What it is called in findings: letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Pattern">A regular expression; case does not count; look-around and back-references are refused, so that it runs in linear time.</param>
/// <param name="Message">What the caller is told; <c>null</c>: that the prompt matches the rule.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record SafetyRule(string Name, string Pattern, string? Message = null, GateMode Mode = GateMode.Enforce);

/// <summary>Whether personal data is taken out of what is sent to a provider.</summary>
/// <param name="Mode"><c>enforce</c>: it is. <c>shadow</c>: it is only said that it would be.</param>
public sealed record RedactionRule(GateMode Mode = GateMode.Enforce);

/// <summary>The least confidence.</summary>
/// <param name="Minimum">0 to 1.</param>
/// <param name="Use">Which figure.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record ConfidenceRule(double Minimum, ConfidenceFigure Use = ConfidenceFigure.Best, GateMode Mode = GateMode.Enforce);

/// <summary>Which confidence counts.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ConfidenceFigure>))]
public enum ConfidenceFigure
{
    /// <summary>The calibrated one where there is one, else the raw one.</summary>
    Best,

    /// <summary>The calibrated one: an answer without one does not pass.</summary>
    Calibrated,

    /// <summary>The raw one.</summary>
    Raw,
}

/// <summary>The least agreement.</summary>
/// <param name="Minimum">0 to 1.</param>
/// <param name="Mode">What the gate does.</param>
public sealed record AgreementRule(double Minimum, GateMode Mode = GateMode.Enforce);
