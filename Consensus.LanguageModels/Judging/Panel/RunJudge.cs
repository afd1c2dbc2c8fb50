using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Judging.Asking;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>
/// Has a run judged by the panel of a scoring configuration: every text by the rubric, and where the configuration says so pairs in both orders and claims against what
/// the other candidates wrote.
/// </summary>
/// <param name="catalog">The models that can be asked.</param>
/// <param name="ask">Asks a model: <see cref="ModelCaller.AskAsync"/>, or one that guards cost and deadline around it. It makes a value of every failure.</param>
public sealed class RunJudge(ModelCatalog catalog, Func<ModelCall, CancellationToken, Task<ModelReply>> ask)
{
    /// <summary>
    /// Judges. A judge that fails leaves its scores unscored; one of a candidate's own family is recused; one that the catalog does not know is <c>unknown_model</c>.
    /// A cancelled token ends the asking and does not throw: what is missing then is unscored <c>cancelled</c>, and it is the caller's to throw all of it away.
    /// </summary>
    /// <param name="work">The run.</param>
    /// <param name="config">The configuration that the work names.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="KeyNotFoundException">The configuration has no such rubric.</exception>
    public async Task<Judgement> JudgeAsync(JudgeWork work, ScoringConfig config, CancellationToken cancellationToken)
    {
        var rubric = config.Rubrics.FirstOrDefault(rubric => rubric.Name == work.Rubric)
            ?? throw new KeyNotFoundException($"The scoring configuration {work.ConfigVersion} has no rubric '{work.Rubric}'.");
        Step[] steps = [.. Pointwise(work, config, rubric), .. Pairwise(work, config, rubric), .. Claims(work, config)];
        // Prompts are written when their turn comes: a run may need thousands.
        var parts = new (IReadOnlyList<Score> Scores, JudgeAnswer? Answer)[steps.Length];

        // Not cancelled by itself: every step has its rows, whatever ends the asking.
        var bound = new ParallelOptions { MaxDegreeOfParallelism = config.Jobs.Concurrency, CancellationToken = CancellationToken.None };
        await Parallel.ForAsync(0, steps.Length, bound, async (i, _) => parts[i] = await steps[i](cancellationToken));
        return new Judgement([.. parts.SelectMany(part => part.Scores)], [.. parts.Select(part => part.Answer).OfType<JudgeAnswer>()]);
    }

    private delegate Task<(IReadOnlyList<Score> Scores, JudgeAnswer? Answer)> Step(CancellationToken cancellationToken);

    private IEnumerable<Step> Pointwise(JudgeWork work, ScoringConfig config, Rubric rubric)
    {
        foreach (var candidates in JudgePlan.Texts(work.Candidates))
        {
            foreach (var judge in config.Judges)
            {
                var left = candidates.ToLookup(candidate => WhyNot(config, judge, candidate));
                foreach (var skipped in left.Where(group => group.Key is not null))
                {
                    yield return NotAsked(
                        from candidate in skipped
                        from criterion in rubric.Criteria
                        select ScoreRows.NoScore(judge.Model, criterion, candidate, skipped.Key));
                }

                if (left[null].ToArray() is { Length: > 0 } graded)
                {
                    yield return Asked(
                        judge, ScoreMethod.Pointwise, () => PointwiseJudge.Question(About(work, config, judge), rubric, graded[0].Text),
                        reply => ScoreRows.Pointwise(judge.Model, rubric, graded, reply));
                }
            }
        }
    }

    private IEnumerable<Step> Pairwise(JudgeWork work, ScoringConfig config, Rubric rubric)
    {
        foreach (var (one, two) in config.Pairwise.Enabled ? JudgePlan.Pairs(work.Candidates, config.Pairwise.MaxCandidates) : [])
        {
            foreach (var judge in config.Judges)
            {
                foreach (var oneFirst in new[] { true, false })
                {
                    var (first, second) = oneFirst ? (one, two) : (two, one);
                    yield return (WhyNot(config, judge, one) ?? WhyNot(config, judge, two)) is { } why
                        ? NotAsked([ScoreRows.NoScore(judge.Model, one, two, oneFirst, why)])
                        : Asked(
                            judge, ScoreMethod.Pairwise, () => PairwiseJudge.Question(About(work, config, judge), rubric, first.Text, second.Text),
                            reply => ScoreRows.Pairwise(judge.Model, one, two, oneFirst, reply));
                }
            }
        }
    }

    private IEnumerable<Step> Claims(JudgeWork work, ScoringConfig config)
    {
        if (!config.Claims.Enabled || work.Candidates.Count < 2)
        {
            yield break;
        }

        foreach (var candidate in work.Candidates.OrderBy(candidate => candidate.Id))
        {
            var sources = JudgePlan.Others(work.Candidates, candidate);
            foreach (var claims in JudgePlan.Claims(candidate, config.Claims.MaxClaims).Select((text, i) => (Number: i + 1, Text: text)).Chunk(ClaimJudge.MostClaims))
            {
                foreach (var judge in config.Judges)
                {
                    yield return WhyNot(config, judge, candidate) is { } why
                        ? NotAsked(claims.Select(claim => ScoreRows.NoScore(judge.Model, candidate, claim, why)))
                        : Asked(
                            judge, ScoreMethod.Claim, () => ClaimJudge.Question(About(work, config, judge), [.. claims.Select(claim => claim.Text)], sources),
                            reply => ScoreRows.Claims(judge.Model, candidate, claims, reply));
                }
            }
        }
    }

    private Step Asked<T>(JudgeSettings judge, ScoreMethod method, Func<StructuredQuestion<T>> question, Func<StructuredReply<T>, IEnumerable<Score>> rows)
        where T : class => async cancellationToken =>
        {
            var reply = await StructuredAsking.AskAsync(ask, question(), cancellationToken);
            return ([.. rows(reply)], new JudgeAnswer(judge.Model, method, reply.Calls, reply.Unscored, reply.Message));
        };

    private static Step NotAsked(IEnumerable<Score> rows) => _ => Task.FromResult<(IReadOnlyList<Score>, JudgeAnswer?)>(([.. rows], null));

    private UnscoredReason? WhyNot(ScoringConfig config, JudgeSettings judge, JudgedCandidate candidate) => catalog.Find(judge.Model) switch
    {
        null => UnscoredReason.UnknownModel,
        { } model when config.Panel.RecuseOwnFamily && string.Equals(model.Family, candidate.Family, StringComparison.OrdinalIgnoreCase) => UnscoredReason.Recused,
        _ => null,
    };

    private static JudgeAsk About(JudgeWork work, ScoringConfig config, JudgeSettings judge) => new(work.JobId, judge.Model, work.Messages, config.Jobs.MaxOutputTokens);
}
