using Consensus.Cli.Benchmarks.Answers;
using Consensus.Core.Answers;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;
using Consensus.Core.Learning;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary>The labelled votes of a suite whose questions are all of one kind and put to one panel.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Kind">The declared kind.</param>
/// <param name="Questions">One entry per question, in the suite's order.</param>
internal sealed record SuiteVotes(AnswerSuite Suite, AnswerKind Kind, IReadOnlyList<LabelledVotes> Questions)
{
    private static readonly ReplayOptions Declared = new(Strategies.Majority, DetectKind: false, Stop: null, Shuffle: null, Limit: null);

    /// <summary>Reads the answers of every question.</summary>
    /// <exception cref="InvalidDataException">The questions differ in kind.</exception>
    public static SuiteVotes Of(AnswerSuite suite, CancellationToken cancellationToken)
    {
        var kinds = suite.Items.Select(AnswerSuite.KindOf).Distinct().ToArray();
        if (kinds.Length > 1)
        {
            throw new InvalidDataException($"{suite.Name} has questions of {kinds.Length} kinds ({string.Join(", ", kinds).ToLowerInvariant()}); what is learned holds for one kind.");
        }

        LabelledVotes[] questions = [.. suite.Items.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(item => LabelledQuestion.Of(SuiteQuestion.Of(item, Declared)))];
        return new SuiteVotes(suite, kinds[0], questions);
    }
}
