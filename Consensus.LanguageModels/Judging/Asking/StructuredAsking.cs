using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>
/// Asks a model for JSON and reads the reply strictly: the whole of it is one object of the schema's form, and it repeats the prompt's ticket. So what a model quotes,
/// or was told by a text in its prompt to say, is never taken for its answer.
/// </summary>
public static class StructuredAsking
{
    private const string Cut = "it was cut off at the cap of its length; be shorter";
    private const string NoObject = "the whole reply must be one JSON object, with no member twice";
    private const string NoTicket = "\"ticket\" must repeat the ticket of the prompt";

    /// <summary>
    /// Asks, and once more when the reply is not as asked. A provider that rejects the request is asked without the schema, which older models do not take; the prompt says
    /// the same. Every failure comes back as a value.
    /// </summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="ask">Asks a model: <see cref="ModelCaller.AskAsync"/>, or one that guards cost and deadline around it.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the asking; <paramref name="ask"/> makes a value of it.</param>
    public static async Task<StructuredReply<T>> AskAsync<T>(
        Func<ModelCall, CancellationToken, Task<ModelReply>> ask, StructuredQuestion<T> question, CancellationToken cancellationToken)
        where T : class
    {
        var call = question.Call with { Schema = question.Schema };
        List<ModelReply> calls = [await ask(call, cancellationToken)];
        if (calls[0].Failure == FailureReason.Rejected)
        {
            call = call with { Schema = null };
            calls.Add(await ask(call, cancellationToken));
        }

        var first = calls[^1];
        var reading = Read(first, question);
        if (first.Failure is not null || reading.Problem is null)
        {
            return Reply(first, reading, calls, isRepaired: false);
        }

        var second = await ask(Repair(call, reading.Problem), cancellationToken);
        calls.Add(second);
        var again = Read(second, question);
        return again.Value is null && reading.Value is not null ? Reply(first, reading, calls, isRepaired: true) : Reply(second, again, calls, isRepaired: true);
    }

    private static Reading<T> Read<T>(ModelReply reply, StructuredQuestion<T> question)
        where T : class
    {
        if (reply.Text is not { } text)
        {
            return new(null, reply.FailureMessage ?? "it failed");
        }

        if (StrictJson.Object(text) is not { } root)
        {
            return new(null, reply.FinishReason == ChatFinishReason.Length.Value ? Cut : NoObject);
        }

        var (form, menu) = ShapeCheck.Check(question.Schema.Schema, root);
        if (form is not null || root.GetProperty(Shape.TicketMember).GetString()?.Trim() != question.Ticket)
        {
            return new(null, form ?? NoTicket);
        }

        var reading = question.Read(root);
        return menu is null ? reading : reading with { Problem = menu, Reason = UnscoredReason.OffMenu };
    }

    // The first reply is not quoted: what a model repeats of others' texts would stand outside of their fence.
    private static ModelCall Repair(ModelCall call, string problem)
    {
        var last = call.Messages[^1];
        var text = $"{last.Text}\n\nYou have been asked this before, and your reply could not be used: {problem}. Reply again, with the one JSON object and nothing else.";
        return call with { Messages = [.. call.Messages.Take(call.Messages.Count - 1), new ChatMessage(last.Role, text)] };
    }

    private static StructuredReply<T> Reply<T>(ModelReply reply, Reading<T> reading, IReadOnlyList<ModelReply> calls, bool isRepaired)
        where T : class => new()
        {
            Value = reading.Value,
            Unscored = reply.Failure is { } failure ? ReasonOf(failure) : reading.Problem is null ? null : reading.Reason,
            Message = reply.Failure is not null ? reply.FailureMessage : reading.Problem is { } problem ? $"The model's reply could not be used: {problem}." : null,
            Calls = calls,
            Repaired = isRepaired,
        };

    private static UnscoredReason ReasonOf(FailureReason failure) => failure switch
    {
        FailureReason.Timeout => UnscoredReason.Timeout,
        FailureReason.RateLimited => UnscoredReason.RateLimited,
        FailureReason.Unavailable => UnscoredReason.Unavailable,
        FailureReason.Refused => UnscoredReason.Refused,
        FailureReason.Empty or FailureReason.NoAnswer => UnscoredReason.Empty,
        FailureReason.Malformed => UnscoredReason.Malformed,
        FailureReason.CircuitOpen => UnscoredReason.CircuitOpen,
        FailureReason.Cancelled => UnscoredReason.Cancelled,
        FailureReason.Unauthorized => UnscoredReason.Unauthorized,
        FailureReason.Rejected => UnscoredReason.Rejected,
        FailureReason.CostLimit => UnscoredReason.CostLimit,
        _ => UnscoredReason.Internal,
    };
}
