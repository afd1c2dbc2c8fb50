using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Fitting;

/// <summary>The fitted document in force, swapped whole. Whoever needs it more than once reads it once.</summary>
internal sealed class FittedHolder
{
    private volatile FittedState? _current;

    /// <summary>What is in force; <c>null</c> when nothing has been fitted.</summary>
    public FittedState? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>A decision's input with what was learned.</summary>
    /// <param name="input">The input as the request and the configuration have it.</param>
    /// <param name="learned">The document that the run goes by.</param>
    /// <param name="category">The question's category.</param>
    /// <param name="earlyStop">The mode in which the answers come.</param>
    public static DecisionInput Teach(DecisionInput input, FittedState? learned, string? category, EarlyStop earlyStop) =>
        input with { Fits = learned?.Fits ?? [], Category = category, EarlyStop = WireName.Of(earlyStop) };
}
