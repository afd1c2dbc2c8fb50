using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Calling;

/// <summary>Chat options that carry a call's time limit down through the decorators and its count of attempts back up. Nothing of it is sent.</summary>
internal sealed class ModelChatOptions : ChatOptions
{
    public ModelChatOptions()
    {
    }

    private ModelChatOptions(ModelChatOptions other)
        : base(other)
    {
        CallTimeout = other.CallTimeout;
        Progress = other.Progress;
    }

    /// <summary>The time the call may take, retries included.</summary>
    public TimeSpan? CallTimeout { get; init; }

    public CallProgress Progress { get; } = new();

    public override ChatOptions Clone() => new ModelChatOptions(this);
}

/// <summary>What has happened so far in one call.</summary>
internal sealed class CallProgress
{
    public int Attempts { get; set; }

    /// <summary>Whether one of the attempts that failed may be billed.</summary>
    public bool MayBeBilled { get; set; }

    /// <summary>The time stamp of the first attempt.</summary>
    public long? FirstAttempt { get; set; }
}
