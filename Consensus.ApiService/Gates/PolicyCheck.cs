using Consensus.Contracts.Policies;

namespace Consensus.ApiService.Gates;

/// <summary>What the policy makes of a run so far.</summary>
/// <param name="Policy">The policy that the run is under.</param>
/// <param name="Findings">What was found before any model was asked.</param>
internal sealed record PolicyCheck(PolicyInForce Policy, IReadOnlyList<GateFinding> Findings)
{
    /// <summary>Whether no model may be asked. Personal data does not stop a run: it is taken out.</summary>
    public bool IsRefused => Findings.Any(f => f is { Mode: GateMode.Enforce, Gate: not GateName.Redaction });

    /// <summary>Whether personal data is taken out of what is sent to a provider.</summary>
    public bool Redacts => Policy.Policy.Redaction is { Mode: GateMode.Enforce };

    /// <summary>As the response has it.</summary>
    public GateBody Body(GateDecision decision) => new(Policy.Version, decision, Findings);
}
