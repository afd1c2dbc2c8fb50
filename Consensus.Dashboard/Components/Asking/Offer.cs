using Consensus.Contracts.Models;

namespace Consensus.Dashboard.Components.Asking;

/// <summary>What can be asked for: models and panels, and the ways to decide.</summary>
public sealed record Offer(ModelList Models, StrategyList Strategies);
