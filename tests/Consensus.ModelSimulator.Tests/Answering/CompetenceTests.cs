using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Questions;
using Consensus.ModelSimulator.Randomness;
using Consensus.ModelSimulator.Tests.Support;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Tests.Answering;

public class CompetenceTests
{
    private const int Questions = 4000;

    private static readonly Problem Problem = Solver.Solve("What is 17 * 23?")!;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    public void AModelIsRightAsOftenAsItsSkillSays(double skill)
    {
        var answers = Answers(new(), Model("one", skill));

        // Four standard errors of a share over independent questions.
        Assert.Equal(skill, answers.Count(a => a == Problem.Right) / (double)Questions, 4 * Math.Sqrt(skill * (1 - skill) / Questions));
    }

    [Fact]
    public void ASkillOfACategoryGoesBeforeTheOverallOne()
    {
        var model = new ModelProfile("one", ModelKind.Simulated, new() { Skill = new() { Overall = 0, Categories = { ["arithmetic"] = 1 } } });

        Assert.All(Answers(new(), model), answer => Assert.Equal(Problem.Right, answer));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    public void WrongAnswersAreSharedAtTheSetCorrelation(double correlation)
    {
        var options = new SimulatorOptions { WrongAnswerCorrelation = correlation };
        var one = Answers(options, Model("one", 0.3));
        var other = Answers(options, Model("other", 0.3));

        var bothWrong = one.Zip(other).Where(pair => pair.First != Problem.Right && pair.Second != Problem.Right).ToList();
        var same = bothWrong.Count(pair => pair.First == pair.Second) / (double)bothWrong.Count;

        // Both take the common mistake, or both their own and by chance the same.
        var own = 1 - Math.Sqrt(correlation);
        var expected = correlation + (own * own / (Problem.Wrong.Count - 1));
        Assert.Equal(expected, same, 0.04);
    }

    [Fact]
    public void TwoWrongModelsAgreeAsOftenAsTheSettingSays()
    {
        var competence = new Competence(Options.Create(new SimulatorOptions()));
        ModelProfile[] models = [Model("one", 0.3), Model("two", 0.4), Model("three", 0.5), Model("four", 0.6)];
        var (pairs, same) = (0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var conversation = Conversations.Of($"What is {i + 13} * {(i * 7) + 29}?");
            var problem = conversation.Problem!;
            var wrong = models.Select(m => competence.Answer(m, conversation, problem, competence.Draw(m, conversation, seed: 0))).Where(a => a != problem.Right).ToList();
            pairs += wrong.Count * (wrong.Count - 1) / 2;
            same += wrong.GroupBy(a => a).Sum(g => g.Count() * (g.Count() - 1) / 2);
        }

        // 0.4 for the common mistake, and about 0.01 for the same mistake of their own.
        Assert.Equal(0.41, same / (double)pairs, 0.04);
    }

    [Fact]
    public void ModelsFailOnTheSameQuestionsMoreOftenThanByChance()
    {
        var apart = JointFailures(0);
        var together = JointFailures(0.6);

        Assert.Equal(0.25, apart, 0.04);
        Assert.InRange(together, 0.32, 0.42);
    }

    [Fact]
    public void AHabitMakesAModelAgreeWithItselfAcrossSeeds()
    {
        var options = new SimulatorOptions { DifficultyCorrelation = 0, HabitCorrelation = 0.8 };
        var model = Model("one", 0.5);

        var agreement = Answers(options, model, seed: 1).Zip(Answers(options, model, seed: 2)).Count(pair => (pair.First == Problem.Right) == (pair.Second == Problem.Right)) / (double)Questions;

        Assert.InRange(agreement, 0.7, 0.9);
    }

    [Fact]
    public void LatenciesAreLognormalAroundTheirMedian()
    {
        var model = new ModelProfile("one", ModelKind.Simulated, new() { Latency = new() { MedianMs = 200, Sigma = 0.5 } });
        var latencies = Enumerable.Range(0, Questions).Select(i => model.LatencyMs(new Draw((ulong)i))).Order().ToList();

        Assert.Equal(200, latencies[Questions / 2], 12.0);
        // One standard deviation up: 200 * e^0.5.
        Assert.Equal(330, latencies[(int)(Questions * 0.8413)], 25.0);
        Assert.All(latencies, l => Assert.True(l > 0));
    }

    private static double JointFailures(double difficulty)
    {
        var options = new SimulatorOptions { DifficultyCorrelation = difficulty, HabitCorrelation = 0 };
        return Answers(options, Model("one", 0.5)).Zip(Answers(options, Model("other", 0.5))).Count(pair => pair.First != Problem.Right && pair.Second != Problem.Right) / (double)Questions;
    }

    private static ModelProfile Model(string id, double skill) => new(id, ModelKind.Simulated, new() { Skill = new() { Overall = skill } });

    private static List<Answer> Answers(SimulatorOptions options, ModelProfile model, long seed = 0)
    {
        var competence = new Competence(Options.Create(options));
        return [.. Enumerable.Range(0, Questions).Select(i =>
        {
            var conversation = Conversations.Of($"question {i}");
            return competence.Answer(model, conversation, Problem, competence.Draw(model, conversation, seed));
        })];
    }
}
