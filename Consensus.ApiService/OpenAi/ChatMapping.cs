using System.Text.Json;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.OpenAi;

/// <summary>From a decided run to a chat completion.</summary>
internal sealed class ChatMapping(ChatAsked asked, Guid runId, DateTimeOffset createdAt, IncludedParts included)
{
    private const string Assistant = "assistant";
    private const string Stop = "stop";
    private const string ChunkObject = "chat.completion.chunk";

    private string Id => $"chatcmpl-{runId}";

    private long Created => createdAt.ToUnixTimeSeconds();

    public ChatCompletion Whole(ConsensusResponse run) => new(
        Id, "chat.completion", Created, asked.Model,
        [new ChatChoice(0, new ChatMessageBody(Assistant, Content(run), RefusalOf(run)), null, Stop)],
        Usage(run), Verdict(run));

    /// <summary>The same as events.</summary>
    public IEnumerable<ChatChunk> Events(ConsensusResponse run)
    {
        yield return Chunk(new ChatDelta(Role: Assistant, Content: run.Answer is null ? null : ""));
        yield return Chunk(new ChatDelta(Content: Content(run), Refusal: RefusalOf(run)));
        yield return Chunk(new ChatDelta(), Stop) with { Consensus = Verdict(run) };
        if (asked.IncludesUsage)
        {
            yield return new ChatChunk(Id, ChunkObject, Created, asked.Model, [], Usage(run));
        }
    }

    /// <summary>
    /// The last event of a stream that failed after it had begun: the error, and a <c>finish_reason</c> for libraries that look for nothing else (OpenAI's for .NET would
    /// take an event with an error alone for an empty one).
    /// </summary>
    public ChatChunk Failed(OpenAiErrorBody error) => Chunk(new ChatDelta(), "error") with { Error = error.Error };

    private ChatChunk Chunk(ChatDelta delta, string? finishReason = null) =>
        new(Id, ChunkObject, Created, asked.Model, [new ChatChunkChoice(0, delta, null, finishReason)]);

    private static string? Content(ConsensusResponse run) => run.Answer?.Text;

    private static string? RefusalOf(ConsensusResponse run) => run.Answer is null ? Refusal.Of(run) : null;

    /// <summary>A sum with unknown parts is not known: OpenAI's clients would take a missing number for 0.</summary>
    private static ChatUsage? Usage(ConsensusResponse run) =>
        run.Usage is { InputTokens: { } input, OutputTokens: { } output } ? new ChatUsage(input, output, input + output) : null;

    private JsonElement Verdict(ConsensusResponse run) =>
        JsonSerializer.SerializeToElement(RunResult.Sent(run, included), WireJson.Default.ConsensusResponse);
}
