using System.Text.Json;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Asks a judge which of two answers is the better one. The order is the caller's: ask in both.</summary>
public static class PairwiseJudge
{
    private const string First = "first";
    private const string Second = "second";
    private const string Tie = "tie";

    /// <summary>The prompt in use.</summary>
    public static PromptTemplate Prompt { get; } = PromptTemplates.Get("pairwise@1");

    /// <summary>The question to the judge.</summary>
    /// <param name="ask">The judge and the run.</param>
    /// <param name="rubric">The rubric; its menus are not used.</param>
    /// <param name="first">The answer that is shown first.</param>
    /// <param name="second">The other one.</param>
    public static StructuredQuestion<PairVerdict> Question(JudgeAsk ask, Rubric rubric, string first, string second)
    {
        var ticket = Ticket.Of(ask.Id, [Prompt.Id, ask.Judge, first, second]);
        var schema = Shape.Answer(
            "verdict", ("rationale", Shape.Text("The reason for the verdict.")), ("better", Shape.OneOf([First, Second, Tie], "The better answer.")));
        return new StructuredQuestion<PairVerdict>
        {
            Call = ask.Call(Prompt.Fill(
                ("ticket", ticket), ("rubric", RubricText.WithoutMenus(rubric)), ("question", QuestionText.Fenced(ask.Messages, ticket)),
                ("first", Fence.Around("first answer", first, ticket)), ("second", Fence.Around("second answer", second, ticket)), ("schema", schema.Schema.GetRawText()))),
            Schema = schema,
            Ticket = ticket,
            Read = Read,
        };
    }

    private static Reading<PairVerdict> Read(JsonElement root)
    {
        var word = root.GetProperty("better").GetString();
        int? better = ShapeCheck.Is(word, First) ? 1 : ShapeCheck.Is(word, Second) ? -1 : ShapeCheck.Is(word, Tie) ? 0 : null;
        return new(better is { } sign ? new PairVerdict(sign, Rationale.Bounded(root.GetProperty("rationale").GetString()!)) : null);
    }
}

/// <summary>A judge's verdict on a pair.</summary>
/// <param name="Better">1 for the answer shown first, −1 for the other one, 0 for a tie.</param>
/// <param name="Rationale">Why.</param>
public sealed record PairVerdict(int Better, string Rationale);
