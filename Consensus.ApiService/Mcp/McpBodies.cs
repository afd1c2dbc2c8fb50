using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Mcp;

/// <summary>What a tool tells of a run.</summary>
internal sealed record ToolVerdict
{
    public required Guid RunId { get; init; }

    public required RunStatus Status { get; init; }

    public string? StatusReason { get; init; }

    public required string Strategy { get; init; }

    public Outcome? Outcome { get; init; }

    public AnswerBody? Answer { get; init; }

    public double? Agreement { get; init; }

    public ToolConfidence? Confidence { get; init; }

    public ToolStability? Stability { get; init; }

    /// <summary>What others say than the answer; without an answer, what all say.</summary>
    public IReadOnlyList<ToolDissent> Dissent { get; init; } = [];

    /// <summary>Why the policy gives no answer; <c>null</c> where it does not stand in the way.</summary>
    public ToolGate? Gate { get; init; }

    /// <summary>How many answers were asked for.</summary>
    public int? Asked { get; init; }

    public bool Degraded { get; init; }

    public decimal? CostUsd { get; init; }

    /// <summary>The question, in look-ups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Question { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What every model said, in look-ups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolCandidate>? Candidates { get; init; }
}

/// <summary>How likely the answer is to be right.</summary>
internal sealed record ToolConfidence(double? Raw, double? Calibrated);

/// <summary>Whether the verdict survives the loss of a model.</summary>
internal sealed record ToolStability(StabilityLevel Level, double? Score);

/// <summary>What the policy decided, and why.</summary>
internal sealed record ToolGate(GateDecision Decision, IReadOnlyList<string> Reasons);

/// <summary>An answer and who holds it.</summary>
internal sealed record ToolDissent(string Answer, double Share, IReadOnlyList<string> Models);

/// <summary>What one model said, or why it said nothing.</summary>
internal sealed record ToolCandidate(string Model, CandidateStatus Status, string? Text, int? Cluster, FailureReason? Error);

/// <summary>What a tool tells when it failed.</summary>
internal sealed record ToolFailure(ProblemBody Error);

/// <summary>Source-generated JSON of what tools tell.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ToolVerdict))]
[JsonSerializable(typeof(ToolFailure))]
internal sealed partial class McpJson : JsonSerializerContext;

/// <summary>The JSON this service writes, with text of any script readable as it is.</summary>
internal static class McpWire
{
    public static McpJson Default { get; } = new(new JsonSerializerOptions(McpJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
