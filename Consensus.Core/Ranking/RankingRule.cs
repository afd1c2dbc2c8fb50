namespace Consensus.Core.Ranking;

/// <summary>How several rankings of the same options become one.</summary>
public enum RankingRule
{
    /// <summary>By the mean place; see <see cref="Borda"/>.</summary>
    Borda,

    /// <summary>By duels won less duels lost; see <see cref="Copeland"/>.</summary>
    Copeland,

    /// <summary>By the strongest chains of duels; see <see cref="Schulze"/>.</summary>
    Schulze,
}
