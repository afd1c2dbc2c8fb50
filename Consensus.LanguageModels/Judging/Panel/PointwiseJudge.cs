using System.Text.Json;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Judging.Asking;
using Consensus.LanguageModels.Judging.Fencing;
using Consensus.LanguageModels.Judging.Prompts;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Asks a judge to grade one answer by a rubric.</summary>
public static class PointwiseJudge
{
    /// <summary>The prompt in use.</summary>
    public static PromptTemplate Prompt { get; } = PromptTemplates.Get("pointwise@1");

    /// <summary>The question to the judge.</summary>
    /// <param name="ask">The judge and the run.</param>
    /// <param name="rubric">The rubric.</param>
    /// <param name="text">The answer to be graded.</param>
    public static StructuredQuestion<PointwiseGrades> Question(JudgeAsk ask, Rubric rubric, string text)
    {
        var ticket = Ticket.Of(ask.Id, [Prompt.Id, ask.Judge, text]);
        var schema = Shape.Answer("grades", ("criteria", Shape.Object([.. rubric.Criteria.Select(criterion => (criterion.Name, Shape.Object(
            ("rationale", Shape.Text("The reason for the grade.")), ("grade", Shape.OneOf(criterion.Grades.Select(grade => grade.Name), "The grade.")))))])));
        return new StructuredQuestion<PointwiseGrades>
        {
            Call = ask.Call(Prompt.Fill(
                ("ticket", ticket), ("rubric", RubricText.WithMenus(rubric)), ("question", QuestionText.Fenced(ask.Messages, ticket)),
                ("answer", Fence.Around("answer", text, ticket)), ("schema", schema.Schema.GetRawText()))),
            Schema = schema,
            Ticket = ticket,
            Read = root => Read(root, rubric),
        };
    }

    private static Reading<PointwiseGrades> Read(JsonElement root, Rubric rubric)
    {
        var grades = rubric.Criteria.Select(criterion => Read(root.GetProperty("criteria").GetProperty(criterion.Name), criterion)).ToArray();
        return new(Array.TrueForAll(grades, grade => grade.Grade is null) ? null : new PointwiseGrades(grades));
    }

    private static CriterionGrade Read(JsonElement given, Criterion criterion) => new(
        criterion.Name,
        criterion.Grades.FirstOrDefault(grade => ShapeCheck.Is(given.GetProperty("grade").GetString(), grade.Name)),
        Rationale.Bounded(given.GetProperty("rationale").GetString()!));
}

/// <summary>A judge's grades of an answer.</summary>
/// <param name="Criteria">One entry per criterion, in the rubric's order.</param>
public sealed record PointwiseGrades(IReadOnlyList<CriterionGrade> Criteria);

/// <summary>A judge's grade by one criterion.</summary>
/// <param name="Criterion">The criterion's name.</param>
/// <param name="Grade">The grade; <c>null</c> when the judge's word is not on the menu.</param>
/// <param name="Rationale">Why.</param>
public sealed record CriterionGrade(string Criterion, Grade? Grade, string Rationale);
