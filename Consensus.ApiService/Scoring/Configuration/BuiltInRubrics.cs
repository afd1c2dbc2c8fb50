using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The rubrics that come with the program, the usual one first.</summary>
internal sealed record BuiltInRubrics(IReadOnlyList<Rubric> All)
{
    public static BuiltInRubrics Instance { get; } = new(
    [
        new Rubric
        {
            Name = "overall",
            Version = 1,
            Criteria =
            [
                new Criterion("correctness", "Is the answer right?",
                [
                    new Grade("right", 1, "Everything that matters in the answer is right."),
                    new Grade("partly", 0.5, "The answer is right in part."),
                    new Grade("wrong", 0, "The answer is wrong."),
                ]),
            ],
        },
    ]);
}
