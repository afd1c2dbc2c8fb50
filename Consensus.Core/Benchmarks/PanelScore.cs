namespace Consensus.Core.Benchmarks;

/// <summary>How the members of the panel do alone: what a decision is to be held against.</summary>
/// <param name="Models">Every model, in the order in which the questions first name it.</param>
/// <param name="Best">The most accurate of the models that answered at least half of the questions (of all models, where none did); the first of equals.</param>
/// <param name="Mean">The mean of the models' accuracies.</param>
/// <param name="Random">The accuracy of a member drawn anew for every question.</param>
/// <param name="Ceiling">The share of questions that at least one member got right: no choice among the given answers does better.</param>
public sealed record PanelScore(IReadOnlyList<ModelScore> Models, ModelScore Best, double Mean, double Random, double Ceiling)
{
    internal static PanelScore Of(IReadOnlyList<QuestionResult> questions)
    {
        ModelScore[] models =
        [
            .. questions.SelectMany(static question => question.Members).GroupBy(static member => member.Model, StringComparer.Ordinal).Select(static group =>
                new ModelScore(group.Key, group.Count(), group.Average(static m => m.Correct ? 1.0 : 0), group.Count(static m => !m.Answered))),
        ];
        var regular = models.Where(model => 2 * model.Responses >= questions.Count).ToArray();
        return new PanelScore(
            models,
            (regular.Length > 0 ? regular : models).MaxBy(static model => model.Accuracy)!,
            models.Average(static model => model.Accuracy),
            questions.Average(static question => question.Members.Average(static m => m.Correct ? 1.0 : 0)),
            questions.Average(static question => question.Members.Any(static m => m.Correct) ? 1.0 : 0));
    }
}

/// <summary>How one model does alone.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Responses">How many responses it has, at least 1.</param>
/// <param name="Accuracy">The share of them that are right; one without a readable answer is wrong.</param>
/// <param name="ExtractionFailures">The number of them from which no answer could be read.</param>
public sealed record ModelScore(string Model, int Responses, double Accuracy, int ExtractionFailures);
