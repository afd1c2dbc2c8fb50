using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.Core.Benchmarks;

/// <summary>Decides questions whose answers are recorded, and scores what was decided.</summary>
public static class QuestionReplay
{
    /// <summary>Decides, asking one model after another where the question says when to stop; stability without its bootstrap.</summary>
    public static DecidedQuestion Decide(BenchmarkQuestion question)
    {
        var asked = question.StopAt is { } threshold ? Until(question.Input, threshold) : question.Input;
        return new DecidedQuestion(question, asked, Decider.Decide(asked, resample: false));
    }

    /// <summary>Holds what was decided, and what each member answered, against the right answer.</summary>
    public static QuestionResult Score(DecidedQuestion decided)
    {
        var (question, asked, decision) = decided;
        var all = question.Input.Candidates;
        var answers = asked.Candidates.Count == all.Count
            ? decision.Answers
            : AnswerReader.Read([.. all.Select(static candidate => candidate.Text)], question.Input.Form).Answers;
        var leaders = Leaders.Of(asked, decision);
        return new QuestionResult
        {
            Id = question.Id,
            Category = question.Category,
            Correct = leaders.Answers.Any(question.Gold.Is) ? 1.0 / leaders.Answers.Count : 0,
            Confidence = leaders.Confidence,
            Calibrated = leaders.Calibrated,
            Outcome = decision.Outcome,
            Stability = decision.Stability.Level,
            Calls = asked.Candidates.Count,
            Members = [.. all.Zip(answers, (candidate, answer) => new MemberResult(candidate.Model, answer is not null, question.Gold.Is(answer)))],
        };
    }

    private static DecisionInput Until(DecisionInput input, double threshold)
    {
        for (var count = 1; ; count++)
        {
            var asked = input with { Candidates = [.. input.Candidates.Take(count)] };
            if (EarlyStopping.IsEnough(asked, input.Candidates.Count - count, threshold))
            {
                return asked;
            }
        }
    }
}

/// <summary>A question and what the models that were asked came to.</summary>
/// <param name="Question">The question.</param>
/// <param name="Asked">What was decided on.</param>
/// <param name="Decision">The decision.</param>
public sealed record DecidedQuestion(BenchmarkQuestion Question, DecisionInput Asked, Decision Decision);
