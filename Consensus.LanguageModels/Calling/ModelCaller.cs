namespace Consensus.LanguageModels.Calling;

/// <summary>Asks models through the decorated clients of the catalog. One instance per process: it holds the breakers.</summary>
public sealed class ModelCaller
{
    /// <summary>Asks one model. Every failure, a cancelled token included, comes back as a value.</summary>
    /// <exception cref="KeyNotFoundException">The catalog has no such model.</exception>
    public Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The worst-case price of a call in US dollars: input tokens estimated from above, output at its cap; <c>null</c> when the model has no price.</summary>
    public decimal? WorstCaseCost(ModelCall call) => throw new NotSupportedException();
}
