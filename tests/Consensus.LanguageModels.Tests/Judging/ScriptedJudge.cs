using System.Collections.Concurrent;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Tests.Judging;

/// <summary>Answers calls as the test says and keeps them.</summary>
internal sealed class ScriptedJudge(Func<ModelCall, int, ModelReply> reply)
{
    private int _count;

    public ConcurrentQueue<ModelCall> Calls { get; } = new();

    public ScriptedJudge(params string[] texts)
        : this((_, n) => Says(texts[Math.Min(n, texts.Length - 1)]))
    {
    }

    public static ModelReply Says(string text, string finish = "stop") => new()
    {
        Text = text, FinishReason = finish, Attempts = 1, Latency = TimeSpan.FromMilliseconds(20), InputTokens = 100, OutputTokens = 10, CostUsd = 0.001m,
    };

    public static ModelReply Fails(FailureReason reason) => new() { Failure = reason, FailureMessage = "It failed.", Attempts = 1, Latency = TimeSpan.FromMilliseconds(20) };

    public Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        return Task.FromResult(reply(call, Interlocked.Increment(ref _count) - 1));
    }
}
