using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Judging.Rubrics;
using Consensus.LanguageModels.Tests.Support;
using Consensus.ModelSimulator;

namespace Consensus.LanguageModels.Tests.Judging;

/// <summary>Judges over HTTP: the simulator's models, through the whole pipeline.</summary>
public sealed class SimulatedJudgeTests
{
    private static readonly string[] Judges = ["sim/ada", "sim/curie", "sim/euler"];

    /// <summary>Simulated judges that make no mistakes.</summary>
    private static readonly (string, string)[] Faultless =
    [
        .. from model in new[] { "ada", "curie", "euler" }
           from setting in new[] { ("Judge:Noise", "0"), ("Judge:PositionBias", "0"), ("Skill:Overall", "1"), ("Skill:Categories:arithmetic", "1") }
           select ($"Simulator:Models:{model}:{setting.Item1}", setting.Item2),
    ];

    private static readonly JudgeWork Work = JudgedRuns.Work(("x", "17 * 23 = 391. The answer is 391.", 0), ("y", "391", 0), ("z", "17 * 23 = 381. The answer is 381.", 1), ("x", "**Final answer:** 391", 0)) with
    {
        Messages = [new RequestMessage("user", "What is 17 * 23?")],
    };

    private static async Task<(IReadOnlyList<Score> Scores, PanelReport Report)> JudgeAsync(ScoringConfig config, JudgeWork work, params (string Key, string Value)[] settings)
    {
        await using var simulator = await SimulatorHost.StartAsync(settings.Append(("Simulator:LatencyScale", "0")).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)));
        var endpoint = new Uri(simulator.BaseAddress, "v1").AbsoluteUri;
        await using var host = new ModelHost(
        [
            ("Providers:sim:Endpoint", endpoint), ("Providers:sim:Retry:DelayMs", "0"), ("Providers:sim:TimeoutMs", "300000"),
            // The same models for a judge that fails: what makes it give up soon leaves the others their time.
            ("Providers:hasty:Kind", "simulator"), ("Providers:hasty:Endpoint", endpoint), ("Providers:hasty:Models:0:Name", "ada"), ("Providers:hasty:Retry:DelayMs", "0"),
            ("Providers:hasty:TimeoutMs", settings.Any(s => s.Key.Contains(":timeout:", StringComparison.Ordinal)) ? "1000" : "300000"),
        ]);
        var judgement = await new RunJudge(host.Catalog, host.Caller.AskAsync).JudgeAsync(work, config, default);
        var run = ScoreTable.Read(
            [.. work.Candidates.Select(c => (c.Id, new JudgedText(c.Text.Length, c.Cluster)))], judgement.Scores, [.. config.Judges.Select(judge => judge.Model)],
            config.Rubrics.Single(rubric => rubric.Name == work.Rubric));
        return (judgement.Scores, PanelReport.Of(run, ScoreTable.RuleOf(config)));
    }

    [Fact]
    public async Task APanelTellsRightFromWrongByEveryMethod()
    {
        var config = JudgedRuns.Config(Judges) with { Pairwise = new() { Enabled = true }, Claims = new() { Enabled = true } };
        var (scores, report) = await JudgeAsync(config, Work, Faultless);
        Assert.All(scores, score => Assert.Null(score.Unscored));
        Assert.Equal([1.0, 1.0, 0.0, 1.0], report.Candidates.Select(c => c.Score!.Value));
        Assert.Equal([2 / 3.0, 2 / 3.0, 0.0, 2 / 3.0], report.Candidates.Select(c => c.WinRate!.Value));
        Assert.Equal([0.0, 0.0, 1.0, 0.0], report.Candidates.Select(c => c.HallucinationRate!.Value));
        Assert.Equal((0, 1.0), (report.LeadingCluster, report.Alpha));
        Assert.All(report.Judges, judge => Assert.Equal((0, 0.5), (judge.FlipRate, judge.FirstShown)));
        Assert.All(scores.Where(score => score.Usage is not null), score => Assert.True(score.Usage is { InputTokens: > 50, OutputTokens: > 5, CostUsd: 0m }));
    }

    [Fact]
    public async Task AnchoredWeightsChooseByPairs()
    {
        var config = JudgedRuns.Config(Judges) with
        {
            Judges = [.. Judges.Select((judge, i) => new JudgeSettings { Model = judge, Weight = i == 0 ? -1 : 0.2 })],
            Pairwise = new() { Enabled = true },
            Panel = new JudgePanelSettings { Aggregation = PanelAggregation.Anchored },
        };

        // The weights hold that the first judge speaks against what it names, and outweigh the others.
        Assert.Equal(1, (await JudgeAsync(config, Work, Faultless)).Report.LeadingCluster);
    }

    [Fact]
    public async Task ABiasedJudgeIsSeenToBe()
    {
        var config = JudgedRuns.Config("sim/ada") with { Pairwise = new() { Enabled = true } };
        var judge = (await JudgeAsync(config, Work, [.. Faultless.Where(setting => setting.Item1 != "Simulator:Models:ada:Judge:PositionBias"), ("Simulator:Models:ada:Judge:PositionBias", "1")])).Report.Judges[0];
        Assert.Equal((1.0, 1.0), (judge.FlipRate, judge.FirstShown));
    }

    [Fact]
    public async Task TheSameRunIsGradedTheSameAgain()
    {
        var config = JudgedRuns.Config(Judges) with { Pairwise = new() { Enabled = true }, Rubric = ShippedRubrics.AnswerQuality };
        var work = Work with { Rubric = ShippedRubrics.AnswerQuality };
        var (first, second) = ((await JudgeAsync(config, work)).Scores, (await JudgeAsync(config, work)).Scores);
        Assert.Equal(first.Select(score => (score.Judge, score.Candidate, score.Criterion, score.Order, score.Grade)), second.Select(score => (score.Judge, score.Candidate, score.Criterion, score.Order, score.Grade)));
    }

    [Fact]
    public async Task AQuestionThatAJudgeDoesNotUnderstandIsGradedInTheMiddle()
    {
        var work = Work with { Messages = [new RequestMessage("user", "What would Hegel have said about lunch?")] };
        var (scores, _) = await JudgeAsync(JudgedRuns.Config(Judges), work, Faultless);
        Assert.All(scores, score => Assert.Equal("partly-correct", score.Grade));
    }

    [Theory]
    [InlineData("rate_limit", UnscoredReason.RateLimited)]
    [InlineData("server_error", UnscoredReason.Unavailable)]
    [InlineData("malformed", UnscoredReason.Malformed)]
    [InlineData("empty", UnscoredReason.Empty)]
    [InlineData("refusal", UnscoredReason.Refused)]
    [InlineData("truncate", UnscoredReason.Malformed)]
    [InlineData("timeout", UnscoredReason.Timeout)]
    [InlineData("off_menu", UnscoredReason.OffMenu)]
    public async Task AFaultOfOneJudgeLeavesItsScoresUnscoredAndThePanelScoring(string fault, UnscoredReason reason)
    {
        var config = JudgedRuns.Config("hasty/ada", "sim/curie", "sim/euler") with { Pairwise = new() { Enabled = true }, Claims = new() { Enabled = true }, Jobs = new JudgeJobLimits { Concurrency = 32 } };
        var (scores, report) = await JudgeAsync(config, Work, [.. Faultless, ($"Simulator:Models:ada:Faults:{fault}:RetryAfterSeconds", "0"), ($"Simulator:Models:ada:Faults:{fault}:Probability", "1")]);
        var allowed = reason is UnscoredReason.Unavailable or UnscoredReason.Timeout ? new[] { reason, UnscoredReason.CircuitOpen } : [reason];
        Assert.All(scores.Where(score => score.Judge == "hasty/ada"), score => Assert.Contains(score.Unscored!.Value, allowed));
        Assert.All(scores.Where(score => score.Judge != "hasty/ada"), score => Assert.Null(score.Unscored));
        Assert.Equal([1.0, 1.0, 0.0, 1.0], report.Candidates.Select(c => c.Score!.Value));
        Assert.All(report.Candidates, candidate => Assert.Equal((2, 3), (candidate.Scored, candidate.Asked)));
    }

    [Fact]
    public async Task AJudgeThatWritesProseMendsItWhenAskedAgain()
    {
        var (scores, _) = await JudgeAsync(JudgedRuns.Config("sim/ada"), Work, [.. Faultless, ("Simulator:Models:ada:Faults:prose:Probability", "1")]);
        Assert.All(scores, score => Assert.Equal((null, true), (score.Unscored, score.Repaired)));
    }

    [Fact]
    public async Task JudgesAreRecusedFromTheirFamily()
    {
        var work = Work with { Candidates = [.. Work.Candidates.Select(candidate => candidate with { Family = "analytic" })] };
        var (scores, report) = await JudgeAsync(JudgedRuns.Config(Judges), work, Faultless);
        Assert.All(scores.Where(score => score.Judge == "sim/ada"), score => Assert.Equal(UnscoredReason.Recused, score.Unscored));
        Assert.All(report.Candidates, candidate => Assert.Equal((2, 2), (candidate.Scored, candidate.Asked)));
    }

    [Fact]
    public async Task AJudgeWithoutASchemaReadsItInThePrompt()
    {
        await using var simulator = await SimulatorHost.StartAsync([new("Simulator:LatencyScale", "0"), .. Faultless.Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2))]);
        await using var host = new ModelHost([("Providers:sim:Endpoint", new Uri(simulator.BaseAddress, "v1").AbsoluteUri), ("Providers:sim:StructuredOutput", "off")]);
        var judgement = await new RunJudge(host.Catalog, host.Caller.AskAsync).JudgeAsync(Work, JudgedRuns.Config("sim/ada"), default);
        Assert.Equal([1.0, 1.0, 0.0, 1.0], judgement.Scores.Select(score => score.Value!.Value));
    }
}
