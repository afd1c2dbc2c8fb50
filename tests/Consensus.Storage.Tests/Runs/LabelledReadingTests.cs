using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Learning;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using System.Text.Json;

namespace Consensus.Storage.Tests.Runs;

public class LabelledReadingTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task VotesComeWithTheNewestLabelAndWithoutTexts()
    {
        var run = await SaveAsync(Run());
        await LabelAsync(run, new RunLabel(false, 1, "391", null));
        await LabelAsync(run, new RunLabel(true, 0, "392", null));
        await SaveAsync(Run());

        var read = await ReadAsync();
        var panel = Assert.Single(read.Panels);
        Assert.Equal((AnswerKind.Number, 2L), (panel.Kind, read.LabelSeq));
        Assert.Equal(["a", "b", "c", "d"], panel.Models);
        var question = Assert.Single(panel.Questions);
        Assert.Equal((0, 2, "sums"), (question.Right, question.Panel.ClusterCount, question.Panel.Category));
        Assert.Equal([new ModelVote("b", 0, 3), new ModelVote("a", 0, 3), new ModelVote("c", 1, 4), new ModelVote("d", -1, 0)], question.Panel.Votes);
    }

    [Fact]
    public async Task OfAWrongAnswerOnlyThatIsKnown()
    {
        await LabelAsync(await SaveAsync(Run()), new RunLabel(false, null, null, null));
        var question = (await ReadAsync()).Panels.Single().Questions.Single();
        Assert.Equal((null, 0), (question.Right, question.Wrong));
    }

    [Fact]
    public async Task WithoutAllTextsThereAreNoLengths()
    {
        var run = Run();
        await LabelAsync(await SaveAsync(run with { Candidates = [.. run.Candidates!.Select(c => c.Id == 2 ? c with { Text = null } : c)] }), new RunLabel(true, 0, null, null));
        Assert.All((await ReadAsync()).Panels.Single().Questions.Single().Panel.Votes, vote => Assert.Equal(0, vote.Length));
    }

    [Fact]
    public async Task RunsThatEndedEarlyOrDidNotCompleteOrHadOneModelOrNoVoteTeachNothing()
    {
        var run = Run();
        ConsensusResponse[] others =
        [
            run with { Request = run.Request! with { EarlyStop = EarlyStop.Certain } },
            run with { Status = RunStatus.Failed },
            run with { Candidates = [run.Candidates![0]] },
            run with { Clusters = [], Candidates = [run.Candidates[3]] },
        ];
        foreach (var other in others)
        {
            await LabelAsync(await SaveAsync(other with { RunId = Guid.CreateVersion7() }), new RunLabel(true, 0, null, null));
        }

        Assert.Empty((await ReadAsync()).Panels);
    }

    [Fact]
    public async Task TheWindowAndTheNumberOfRunsAreBounded()
    {
        var last = Guid.Empty;
        for (var i = 0; i < 5; i++)
        {
            last = await SaveAsync(Run() with { Clusters = Run().Clusters });
            await LabelAsync(last, new RunLabel(true, i % 2, null, null));
        }

        Assert.Equal([1, 0], (await _log.Log.ReadLabelledAsync(DateTimeOffset.MinValue.AddYears(2000), 2, TestContext.Current.CancellationToken)).Panels.Single().Questions.Select(q => q.Right));
        Assert.Empty((await _log.Log.ReadLabelledAsync(DateTimeOffset.UtcNow.AddDays(1), 10, TestContext.Current.CancellationToken)).Panels);
    }

    [Fact]
    public async Task PanelsAndKindsAreKeptApart()
    {
        var run = Run();
        ConsensusResponse[] runs =
        [
            run, run with { RunId = Guid.CreateVersion7(), Candidates = [.. run.Candidates!.Take(3)] },
            run with { RunId = Guid.CreateVersion7(), Clusters = [.. run.Clusters.Select(c => c with { Answer = c.Answer with { Kind = AnswerKindName.Text } })] },
        ];
        foreach (var one in runs)
        {
            await LabelAsync(await SaveAsync(one), new RunLabel(true, 0, null, null));
        }

        Assert.Equal([(AnswerKind.Text, 4), (AnswerKind.Number, 3), (AnswerKind.Number, 4)], (await ReadAsync()).Panels.Select(p => (p.Kind, p.Models.Count)).Order());
    }

    private static ConsensusResponse Run()
    {
        return Make.Run() with
        {
            Request = new StoredRequest { Prompt = "What is 17 * 23?", Models = ["b", "a", "c", "d"], Category = "sums" },
            Candidates = [Candidate(0, "b", "391", 0), Candidate(1, "a", "391", 0), Candidate(2, "c", "392.", 1), Candidate(3, "d", null, null)],
            Clusters = [Cluster(0, "391", 0, 1), Cluster(1, "392", 2)],
        };

        static CandidateBody Candidate(int id, string model, string? text, int? cluster) => new()
        {
            Id = id, Model = model, Text = text, Cluster = cluster, Status = cluster is null ? CandidateStatus.Failed : CandidateStatus.Answered,
        };

        static ClusterBody Cluster(int id, string answer, params int[] candidates) => new()
        {
            Id = id, Answer = new AnswerBody(answer, JsonElement.Parse(answer), AnswerKindName.Number), Size = candidates.Length, Candidates = candidates,
            Models = [], Weight = candidates.Length, Share = 0.25 * candidates.Length,
        };
    }

    private async Task<Guid> SaveAsync(ConsensusResponse run)
    {
        await _log.SaveAsync(run);
        return run.RunId;
    }

    private async Task LabelAsync(Guid run, RunLabel label) => Assert.Equal(
        Labelling.Stored, await _log.Log.LabelAsync(run, label, RunKind.Consensus, _ => true, TestContext.Current.CancellationToken));

    private Task<LabelledRuns> ReadAsync() => _log.Log.ReadLabelledAsync(DateTimeOffset.UnixEpoch, 100, TestContext.Current.CancellationToken);
}
