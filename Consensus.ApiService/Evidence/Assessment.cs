using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>A text held against passages.</summary>
/// <param name="Text">The text, without marks.</param>
/// <param name="Claims">Its claims, labelled.</param>
/// <param name="Figures">How well it is borne out.</param>
internal sealed record Assessment(string Text, IReadOnlyList<EvidenceClaim> Claims, EvidenceFigures Figures)
{
    /// <summary>Why such a text is no answer; <c>null</c> when it is one.</summary>
    public AbstainReason? WhyNot =>
        EvidencePrompt.SaysNothing(Text) ? AbstainReason.NotInPassages
        : Figures.Claims == 0 ? AbstainReason.NothingToCheck
        : Figures.Supported == 0 ? AbstainReason.NothingSupported
        : null;
}

/// <summary>An answer that says something of claims: another candidate's, or one that the caller brought.</summary>
/// <param name="Model">Who wrote it.</param>
/// <param name="Text">What it says, without marks.</param>
internal sealed record Voice(string Model, string Text);
