using System.Globalization;
using Consensus.ApiService.Reading;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>Holds scores against their run and the configuration of their job.</summary>
/// <param name="run">The run.</param>
/// <param name="config">The configuration; <c>null</c> when there is none of the job's version any more.</param>
/// <param name="rubric">The job's rubric; <c>null</c> when the configuration does not have it.</param>
/// <param name="violations">Where what is wrong is added.</param>
internal sealed class ScoreCheck(ConsensusResponse run, ScoringConfig? config, Rubric? rubric, Violations violations)
{
    private const string PairCriterion = "better";
    private const string ClaimCriterion = "claim-";
    private const double Tolerance = 1e-9;

    private static readonly Dictionary<string, double> PairGrades = new() { ["candidate"] = 1, ["opponent"] = 0, ["tie"] = 0.5 };
    private static readonly Dictionary<string, double> ClaimGrades = new() { ["supported"] = 1, ["contradicted"] = 0, ["not_enough"] = 0 };

    private readonly HashSet<int> _candidates = [.. (run.Candidates ?? []).Where(c => c.Text is not null).Select(c => c.Id)];
    private readonly string[] _judges = config is null ? [] : [.. config.Judges.Select(j => j.Model)];
    private readonly Dictionary<string, Dictionary<string, double>> _menus =
        rubric?.Criteria.ToDictionary(c => c.Name, c => c.Grades.ToDictionary(g => g.Name, g => g.Score)) ?? [];

    public void Check(ReadSubmission submission)
    {
        var keys = new HashSet<(int, int?, string?, string, string)>();
        foreach (var (score, field) in submission.Scores)
        {
            if (!keys.Add((score.Candidate, score.Opponent, score.Order, score.Judge, score.Criterion)))
            {
                violations.Add(field, FieldCodes.Duplicate, "A score before it has the same candidate, opponent, order, judge and criterion.");
            }

            Candidate(score.Candidate, $"{field}.candidate");
            if (config is not null && !_judges.Contains(score.Judge))
            {
                violations.Add($"{field}.judge", FieldCodes.InvalidValue, $"The job's configuration has no judge {Shown.Text(score.Judge)}.", Allowed.Names(_judges));
            }

            Check(score, field);
        }
    }

    private void Check(Score score, string field)
    {
        switch (score.Method)
        {
            case ScoreMethod.Pairwise:
                Pair(score, field);
                Absent(score.Claim is not null, $"{field}.claim", "Only a claim has one.");
                Grade(score, field, PairGrades);
                break;
            case ScoreMethod.Claim:
                Single(score, field);
                Claim(score, field);
                Grade(score, field, ClaimGrades);
                break;
            default:
                Single(score, field);
                Absent(score.Claim is not null, $"{field}.claim", "Only a claim has one.");
                Criterion(score, field);
                break;
        }
    }

    private void Criterion(Score score, string field)
    {
        if (_menus.TryGetValue(score.Criterion, out var menu))
        {
            Grade(score, field, menu);
        }
        else
        {
            violations.Add($"{field}.criterion", FieldCodes.InvalidValue, $"The job's rubric has no criterion {Shown.Text(score.Criterion)}.", Allowed.Names(_menus.Keys));
        }
    }

    private void Pair(Score score, string field)
    {
        if (score.Opponent is not { } opponent)
        {
            violations.Add($"{field}.opponent", FieldCodes.Required, "A pair has an opponent.");
        }
        else if (opponent <= score.Candidate)
        {
            violations.Add($"{field}.opponent", FieldCodes.Contradiction, "The candidate of a pair is the one with the lower number.");
        }
        else
        {
            Candidate(opponent, $"{field}.opponent");
        }

        if (score.Order is null)
        {
            violations.Add($"{field}.order", FieldCodes.Required, "A pair has an order.", Allowed.Names(["ab", "ba"]));
        }

        if (score.Criterion != PairCriterion)
        {
            violations.Add($"{field}.criterion", FieldCodes.InvalidValue, "A pair has one criterion.", Allowed.Names([PairCriterion]));
        }
    }

    private void Claim(Score score, string field)
    {
        if (score.Claim is null)
        {
            violations.Add($"{field}.claim", FieldCodes.Required, "The claim is needed.");
        }

        var number = score.Criterion.StartsWith(ClaimCriterion, StringComparison.Ordinal) ? score.Criterion[ClaimCriterion.Length..] : "";
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < 1 || number[0] == '0')
        {
            violations.Add($"{field}.criterion", FieldCodes.InvalidValue, $"{Shown.Text(score.Criterion)} is not the criterion of a claim.", Allowed.Words("claim-1, claim-2, …"));
        }
    }

    private void Single(Score score, string field)
    {
        Absent(score.Opponent is not null, $"{field}.opponent", "Only a pair has an opponent.");
        Absent(score.Order is not null, $"{field}.order", "Only a pair has an order.");
    }

    private void Absent(bool given, string field, string message)
    {
        if (given)
        {
            violations.Add(field, FieldCodes.Contradiction, message);
        }
    }

    private void Candidate(int id, string field)
    {
        if (!_candidates.Contains(id))
        {
            violations.Add(field, FieldCodes.InvalidValue, $"The run has no candidate {id} with a text.", Allowed.Names(_candidates.Order().Select(c => $"{c}")));
        }
    }

    private void Grade(Score score, string field, Dictionary<string, double> menu)
    {
        if (score.Unscored is not null)
        {
            Absent(score.Grade is not null, $"{field}.grade", "What is unscored has no grade.");
        }
        else if (score.Value is { } value)
        {
            if (score.Grade is null || !menu.TryGetValue(score.Grade, out var worth))
            {
                violations.Add($"{field}.grade", score.Grade is null ? FieldCodes.Required : FieldCodes.InvalidValue,
                    score.Grade is null ? "A score has its grade." : $"{Shown.Text(score.Grade)} is not on the menu.", Allowed.Names(menu.Keys));
            }
            else if (Math.Abs(worth - value) > Tolerance)
            {
                violations.Add($"{field}.value", FieldCodes.Contradiction, $"The grade {Shown.Text(score.Grade)} is worth {worth}, not {value}.", Allowed.Words($"{worth}"));
            }
        }
    }
}
