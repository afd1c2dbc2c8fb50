namespace Consensus.Core.Claims;

/// <summary>What in a text speaks against a claim that the text otherwise covers.</summary>
public enum ClaimObjection
{
    /// <summary>Nothing that was found.</summary>
    None,

    /// <summary>It gives another number where the claim has one.</summary>
    Number,

    /// <summary>It denies what the claim affirms, or affirms what the claim denies, or says the opposite ("highest", "lowest").</summary>
    Negation,

    /// <summary>It names somebody or something else.</summary>
    Name,
}
