using System.Globalization;
using Consensus.Cli.Display;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Spectre.Console;

namespace Consensus.Cli.Scoring;

/// <summary>What judges made of runs, for people: a line for each candidate.</summary>
internal static class ScoreView
{
    public static void Write(IAnsiConsole console, ScoringReport report)
    {
        foreach (var run in report.Runs)
        {
            console.WriteLine($"{run.RunId}  {State(run)}");
            if (run.Scores is { } scores)
            {
                Write(console, scores);
            }
        }

        var done = report.Runs.Count(run => run.Job?.State == JudgeJobState.Done);
        console.WriteLine($"{done} of {report.Runs.Count} runs judged");
    }

    private static void Write(IAnsiConsole console, RunScores scores)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        foreach (var candidate in scores.Candidates)
        {
            table.AddRow(new Text(SafeText.Line(candidate.Model, 60)), new Text(Number(candidate.Score)), new Text(Rest(candidate), Styles.Quiet));
        }

        console.Write(new Padder(table, new Padding(2, 0, 0, 0)));
        var agreement = scores switch
        {
            { Alpha: { } alpha, Spread: var spread } => $"alpha {Number(alpha)} · judges differ by {Number(spread)} on average",
            { Spread: 0 } => "the judges are at one",
            _ => "no two judges scored the same candidate",
        };
        console.WriteLine($"  {agreement}{(scores.Flags.Count > 0 ? $" · {string.Join(", ", scores.Flags.Select(flag => SafeText.Line(flag, 60)))}" : "")}");
    }

    private static string State(ScoredRun run) => run switch
    {
        { Problem: { } problem } => $"{SafeText.Line(problem.Code)}: {SafeText.Line(problem.Title, 200)}",
        { Job: { State: JudgeJobState.Done } job } => $"judged by {SafeText.Line(job.Rubric)}",
        { Job: { State: JudgeJobState.Dead } job } => $"given up after {job.Attempts} attempts: {SafeText.Line(job.Reason)}. {SafeText.Line(job.Message, 200)}",
        { Job: { } job } => $"waits ({WireName.Of(job.State)}, attempts {job.Attempts})",
        _ => "not asked for",
    };

    private static string Rest(CandidateScore candidate)
    {
        string?[] parts =
        [
            $"{candidate.Scored} of {candidate.Asked} judges",
            candidate.WinRate is { } rate ? $"wins {rate.ToString("0 %", CultureInfo.InvariantCulture)}" : null,
            candidate.HallucinationRate is { } share ? $"unsupported {share.ToString("0 %", CultureInfo.InvariantCulture)}" : null,
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    private static string Number(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "unscored";
}
