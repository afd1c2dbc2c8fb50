using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Serving;
using Consensus.ModelSimulator.Wording;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Chat;

/// <summary>A validated request.</summary>
internal sealed record ChatTask(ChatRequest Request, ModelProfile Model, Conversation Conversation)
{
    public bool Streams => Request.Stream == true;

    /// <summary>A request without a seed is one with the seed 0.</summary>
    public long Seed => Request.Seed ?? 0;
}

/// <summary>What a model answers to a chat, and how long it takes.</summary>
internal sealed class ChatServer(Composer composer, Competence competence, IOptions<SimulatorOptions> options, TimeProvider time)
{
    public Response Answer(ChatTask task)
    {
        var latency = task.Model.LatencyMs(competence.Draw(task.Model, task.Conversation, task.Seed)) * options.Value.LatencyScale;
        return new(task.Model.Id, latency, task.Streams, fault => Parts(task, fault));
    }

    private List<byte[]> Parts(ChatTask task, FaultKind? fault)
    {
        var replies = Replies(task, fault);
        return task.Streams ? ChatStream.Events(task, replies, time.GetUtcNow()) : [ChatBody.Of(task, replies, time.GetUtcNow())];
    }

    private List<Reply> Replies(ChatTask task, FaultKind? fault)
    {
        var replies = new List<Reply>(task.Request.N ?? 1);
        for (var i = 0; i < (task.Request.N ?? 1); i++)
        {
            replies.Add(fault switch
            {
                FaultKind.Empty => Reply.Empty,
                FaultKind.Refusal => Reply.Refused(Statements.Refusal(task.Model)),
                _ => composer.Compose(task.Model, task.Conversation, unchecked(task.Seed + i), fault)
                    .Cut(ChatValidation.Stops(task.Request.Stop)!, task.Request.MaxCompletionTokens ?? task.Request.MaxTokens),
            });
        }

        return replies;
    }
}
