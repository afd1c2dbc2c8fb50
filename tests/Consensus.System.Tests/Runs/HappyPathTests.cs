using System.Text.Json;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;

namespace Consensus.SystemTests.Runs;

[Collection(SharedSystemGroup.Name)]
public class HappyPathTests(SharedSystem shared)
{
    private ConsensusClient Client => shared.System.Client;

    [Theory]
    [InlineData("majority")]
    [InlineData("supermajority")]
    [InlineData("unanimous")]
    [InlineData("weighted")]
    [InlineData("medoid")]
    public async Task EachStrategyAnswersAndIsLogged(string strategy)
    {
        var run = await Client.AskAsync(new ConsensusRequest { Prompt = "What is 17 * 23?", Strategy = strategy });

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(strategy, run.Strategy);
        Assert.Equal(5, run.Candidates!.Count);
        Assert.Equal("391", run.Clusters[0].Answer.Text);
        var stored = await Client.GetRunAsync(run.RunId);
        Assert.Equal(run.Outcome, stored.Outcome);
        Assert.Equal(run.Agreement, stored.Agreement);
        Assert.Equal(run.Clusters.Select(c => c.Size), stored.Clusters.Select(c => c.Size));
    }

    [Fact]
    public async Task SelfConsistencyAsksOneModelSeveralTimes()
    {
        var run = await Client.AskAsync(new ConsensusRequest
        {
            Prompt = "What is 17 * 23?", Strategy = "self_consistency", Models = ["sim/ada"], SamplesPerModel = 5, Temperature = 1, EarlyStop = EarlyStop.Off, Seed = 7,
        });

        Assert.Equal(["sim/ada"], run.Candidates!.Select(c => c.Model).Distinct());
        Assert.Equal([0, 1, 2, 3, 4], run.Candidates!.Select(c => c.Sample));
    }

    [Theory]
    [InlineData(AnswerKindName.Auto, "What is 12 + 30?", "42")]
    [InlineData(AnswerKindName.Number, "What is 12 + 30?", "42")]
    [InlineData(AnswerKindName.Text, "What is the capital of France?", "Paris")]
    [InlineData(AnswerKindName.Boolean, "Is 17 a prime number? Answer yes or no.", "true")]
    public async Task EachKindIsReadAsItsType(AnswerKindName kind, string prompt, string expected)
    {
        var run = await Client.AskAsync(new ConsensusRequest { Prompt = prompt, Answer = new AnswerRequest { Kind = kind } });

        Assert.True(run.Outcome is Outcome.Consensus or Outcome.Plurality, Describe(run));
        Assert.Equal(expected, run.Answer!.Value!.Value.ToString(), ignoreCase: true);
    }

    [Fact]
    public async Task ChoiceIsReadAsItsLetter()
    {
        var run = await Client.AskAsync(new ConsensusRequest
        {
            Prompt = "What is the capital of France?\nA) Berlin\nB) Paris\nC) Madrid\nD) Rome",
            Answer = new AnswerRequest { Kind = AnswerKindName.Choice, Choices = ["Berlin", "Paris", "Madrid", "Rome"] },
        });

        Assert.True(run.Outcome is Outcome.Consensus or Outcome.Plurality, Describe(run));
        Assert.Equal("B", run.Answer!.Value!.Value.GetString());
    }

    [Fact]
    public async Task JsonIsReadAsAValue()
    {
        var schema = JsonDocument.Parse("""{"type":"object","properties":{"answer":{"type":"number"}},"required":["answer"]}""").RootElement;
        var run = await Client.AskAsync(new ConsensusRequest
        {
            Prompt = "What is 6 * 7? Reply with a JSON object that has the property \"answer\".",
            Answer = new AnswerRequest { Kind = AnswerKindName.Json, Schema = schema },
        });

        Assert.True(run.Outcome is Outcome.Consensus or Outcome.Plurality, Describe(run));
        Assert.Equal(42, run.Answer!.Value!.Value.GetProperty("answer").GetDouble());
    }

    [Fact]
    public async Task CodeIsReadAsALiteral()
    {
        var run = await Client.AggregateAsync(new AggregateRequest
        {
            Answer = new AnswerRequest { Kind = AnswerKindName.Code },
            Answers =
            [
                new AggregateAnswer { Model = "a", Text = "The function returns `['x', 1]`." },
                new AggregateAnswer { Model = "b", Text = "{\"answer\": \"[\\\"x\\\", 1]\"}" },
                new AggregateAnswer { Model = "c", Text = "[1, 'x']" },
            ],
        });

        Assert.Equal(Outcome.Consensus, run.Outcome);
        Assert.Equal([0, 1], run.Clusters[0].Candidates);
    }

    [Fact]
    public async Task WatchedRunShowsEveryCandidateBeforeTheVerdict()
    {
        var events = new List<RunEvent>();
        await foreach (var happened in Client.StreamAsync(new ConsensusRequest { Prompt = "What is 9 * 8?" }))
        {
            events.Add(happened);
        }

        Assert.IsType<RunStartedEvent>(events[0]);
        Assert.Equal(5, events.OfType<CandidateEvent>().Count());
        var verdict = Assert.IsType<VerdictEvent>(events[^1]).Response;
        Assert.Equal("72", verdict.Clusters[0].Answer.Text);
        Assert.Equal(verdict.RunId, (await Client.GetRunAsync(verdict.RunId)).RunId);
    }

    [Theory]
    [InlineData(EarlyStop.Certain)]
    [InlineData(EarlyStop.Adaptive)]
    public async Task EarlyStopAnswersWithTheSameValue(EarlyStop mode)
    {
        var run = await Client.AskAsync(new ConsensusRequest { Prompt = "What is 5 + 6?", EarlyStop = mode, Answer = new AnswerRequest { Kind = AnswerKindName.Number } });

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("11", run.Clusters[0].Answer.Text);
        Assert.InRange(run.Calls!.Started, 1, 5);
    }

    [Fact]
    public async Task RunsAreFoundByWhatTheyAre()
    {
        var tag = $"t{Guid.NewGuid():N}";
        var runs = new List<Guid>();
        foreach (var strategy in new[] { "majority", "unanimous", "majority" })
        {
            runs.Add((await Client.AskAsync(new ConsensusRequest { Prompt = "What is 2 + 2?", Strategy = strategy, Tags = [tag] })).RunId);
        }

        var first = await Client.ListRunsAsync(new RunQuery { Tag = tag, Limit = 2 });
        var second = await Client.ListRunsAsync(new RunQuery { Tag = tag, Limit = 2, Cursor = first.Next });
        Assert.Equal(runs.AsEnumerable().Reverse(), first.Items.Concat(second.Items).Select(r => r.RunId));
        Assert.Null(second.Next);
        Assert.Equal([runs[1]], (await Client.ListRunsAsync(new RunQuery { Tag = tag, Strategy = "unanimous" })).Items.Select(r => r.RunId));
    }

    private static string Describe(ConsensusResponse run) =>
        $"{run.Outcome}: {string.Join(" | ", run.Candidates!.Select(c => $"{c.Model}: {c.Text ?? c.Error?.Message}"))}";
}
