using Consensus.ApiService.Documentation;
using Consensus.Contracts;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>What the queries of scores take, as <see cref="ScoreFilterReader"/> reads it.</summary>
internal static class ScoreParameters
{
    /// <summary>Of listings of single scores.</summary>
    public static RequestParameter[] OfScores =>
    [
        .. Whose,
        Parameters.OneOf<ScoreMethod>("method", "Only scores that were come to in this way."),
        Parameters.Share("min", "Only scores of this value or more."),
        Parameters.Share("max", "Only scores of this value or less; not below `min`."),
        Parameters.Flag("unscored", "Only scores that could not be had, or only those that were. Not true together with `min` or `max`."),
        .. Parameters.Span("scores that were stored"),
    ];

    /// <summary>Of figures of models.</summary>
    public static RequestParameter[] OfModels => [.. Whose, .. Parameters.Span("runs that were judged")];

    private static RequestParameter[] Whose =>
    [
        Parameters.Id("job", "Only scores of this judge job."),
        Parameters.Text("model", Limits.ModelCharacters, "Only scores of this model's candidates."),
        Parameters.Text("judge", Limits.ModelCharacters, "Only scores by this judge, a model's id."),
        Parameters.Text("rubric", Limits.ModelCharacters, "Only scores by this rubric: a name, or `name@version`."),
    ];
}
