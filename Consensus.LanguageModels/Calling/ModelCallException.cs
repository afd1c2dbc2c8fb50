using Consensus.Contracts.Runs;

namespace Consensus.LanguageModels.Calling;

/// <summary>A decorated <see cref="Microsoft.Extensions.AI.IChatClient"/> could not get an answer. The message holds no secret and nothing of the prompt.</summary>
public sealed class ModelCallException : Exception
{
    /// <summary>A failure with its reason.</summary>
    public ModelCallException(FailureReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Why there is no answer.</summary>
    public FailureReason Reason { get; }
}
