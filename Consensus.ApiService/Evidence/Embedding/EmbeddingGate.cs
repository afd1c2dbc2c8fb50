using Consensus.ApiService.Gates;
using Consensus.Contracts.Policies;
using Consensus.Core.Privacy;

namespace Consensus.ApiService.Evidence.Embedding;

/// <summary>What the policy in force lets go to the provider of embeddings. A gate in shadow stops nothing.</summary>
internal sealed class EmbeddingGate(PolicyHolder policy, PolicyRegister register)
{
    /// <summary>Whether the policy is known and allows the model. Before it is known no document leaves.</summary>
    public bool AllowsPassages(string model) => register.IsLoaded && Allows(model);

    /// <summary>Whether the policy allows the model, and no rule of safety matches the query.</summary>
    public bool AllowsQuery(string model, string query) =>
        Allows(model) && !policy.Current.Safety.Any(safety => safety.Rule.Mode == GateMode.Enforce && safety.Pattern.IsMatch(query));

    /// <summary>The text as it may be sent: without personal data where the policy says so.</summary>
    public string Sent(string text) => policy.Current.Policy.Redaction is { Mode: GateMode.Enforce } ? Redactor.Redact(text) : text;

    private bool Allows(string model) => policy.Current.Models is not { Mode: GateMode.Enforce } models || models.Allows(model);
}
