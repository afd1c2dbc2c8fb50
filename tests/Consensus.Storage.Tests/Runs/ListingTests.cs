using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Scoring;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Runs;

public class ListingTests : IAsyncLifetime
{
    private static readonly string[] Keys = ["alice", "bob"];
    private static readonly string[] Strategies = ["majority", "weighted"];
    private static readonly string[] Models = ["sim/cat", "sim/dan", "sim/fay"];
    private static readonly string[] Tags = ["red", "green"];

    private readonly TemporaryLog _log = new();
    private readonly List<(ConsensusResponse Run, string? Key)> _saved = [];
    private readonly HashSet<Guid> _judged = [];

    public async ValueTask InitializeAsync()
    {
        var random = new Random(11);
        for (var i = 0; i < 80; i++)
        {
            var status = Pick(random, Enum.GetValues<RunStatus>());
            var run = JudgeRig.Judgeable(status, Make.Noon.AddSeconds(random.Next(20))) with
            {
                Strategy = Pick(random, Strategies),
                Outcome = status == RunStatus.Completed ? Pick(random, Enum.GetValues<Outcome>()) : null,
                Request = new StoredRequest { Prompt = "What is 17 * 23?", Models = Some(random, Models), Tags = Some(random, Tags) },
            };
            _saved.Add((run, random.Next(3) == 0 ? null : Pick(random, Keys)));
        }

        await Task.WhenAll(_saved.Select(saved => _log.SaveAsync(saved.Run, saved.Key)));
        foreach (var (run, _) in _saved.Where(static saved => saved.Run.Status == RunStatus.Completed).Where((_, i) => i % 2 == 0).ToList())
            await JudgeAsync(run.RunId);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Property(MaxTest = 150)]
    public async Task PagesHoldEveryMatchingRunOnceNewestFirst(int seed)
    {
        var random = new Random(seed);
        var filter = RandomFilter(random);

        Assert.Equal(Expected(filter), await PagesAsync(filter, random));
    }

    [Fact]
    public async Task EveryCombinationOfFiltersListsWhatPassesAllOfThem()
    {
        var random = new Random(5);
        for (var set = 0; set < 1 << 9; set++)
        {
            // Of a run that is there, so that some are found where few have all; and a run has one of several models and tags.
            var (run, key) = Pick(random, [.. _saved]);
            var filter = new RunFilter
            {
                From = Has(1) ? run.CreatedAt.AddSeconds(-random.Next(5)) : null,
                To = Has(2) ? run.CreatedAt.AddSeconds(random.Next(5)) : null,
                Outcome = Has(4) ? run.Outcome ?? Outcome.Plurality : null,
                Status = Has(8) ? run.Status : null,
                Strategy = Has(16) ? run.Strategy : null,
                Model = Has(32) ? run.Request!.Models.FirstOrDefault("sim/eve") : null,
                Tag = Has(64) ? run.Request!.Tags.FirstOrDefault("red") : null,
                KeyId = Has(128) ? key ?? "bob" : null,
                HasScore = Has(256) ? _judged.Contains(run.RunId) : null,
            };

            Assert.Equal(Expected(filter), await PagesAsync(filter, random));

            bool Has(int bit) => (set & bit) != 0;
        }
    }

    [Fact]
    public async Task ARunIsListedAsItIsAtEachMomentOfItsLife()
    {
        var request = new StoredRequest { Prompt = "What is 17 * 23?", Models = ["own/model"], Tags = ["own"] };
        var run = JudgeRig.Judgeable(RunStatus.Accepted, Make.Noon.AddDays(1)) with { Request = request };
        var filter = new RunFilter { Model = "own/model", Tag = "own", KeyId = "carol" };
        foreach (var status in new[] { RunStatus.Accepted, RunStatus.Running, RunStatus.Completed })
        {
            run = run with { Status = status, Outcome = status == RunStatus.Completed ? Outcome.Plurality : null };
            await _log.SaveAsync(run, "carol");

            Assert.Equal([status], (await _log.ListAsync(filter with { HasScore = false })).Items.Select(static item => item.Status));
            Assert.Equal([status], (await _log.ListAsync(filter with { Status = status })).Items.Select(static item => item.Status));
        }

        Assert.Empty((await _log.ListAsync(filter with { Status = RunStatus.Running })).Items);
        Assert.Empty((await _log.ListAsync(filter with { HasScore = true })).Items);
        await JudgeAsync(run.RunId);
        Assert.Empty((await _log.ListAsync(filter with { HasScore = false, Outcome = Outcome.Plurality })).Items);
        Assert.Single((await _log.ListAsync(filter with { HasScore = true, Outcome = Outcome.Plurality })).Items);

        await _log.Log.DeleteAsync(run.RunId, static _ => true, "carol", TestContext.Current.CancellationToken);
        Assert.Empty((await _log.ListAsync(filter)).Items);
    }

    [Fact]
    public async Task RunsSavedWhileAListingIsReadDoNotDisturbItsPages()
    {
        var first = await _log.ListAsync(new RunFilter { Limit = 40 });
        await _log.SaveAsync(Make.Run(createdAt: Make.Noon.AddHours(1)));
        var second = await _log.ListAsync(new RunFilter { Limit = 40, Cursor = first.Next });

        var listed = first.Items.Concat(second.Items).Select(item => item.RunId).ToArray();
        Assert.Equal(80, listed.Distinct().Count());
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task ACursorOfOtherFiltersIsRefused()
    {
        var cursor = (await _log.ListAsync(new RunFilter { Strategy = "majority", Limit = 2 })).Next;

        Assert.NotNull(cursor);
        await Assert.ThrowsAsync<InvalidCursorException>(() => _log.ListAsync(new RunFilter { Strategy = "weighted", Cursor = cursor }));
        await Assert.ThrowsAsync<InvalidCursorException>(() => _log.ListAsync(new RunFilter { Model = "majority", Cursor = cursor }));
        await Assert.ThrowsAsync<InvalidCursorException>(() => _log.ListAsync(new RunFilter { Strategy = "majority", KeyId = "bob", Cursor = cursor }));
        await Assert.ThrowsAsync<InvalidCursorException>(() => _log.ListAsync(new RunFilter { Strategy = "majority", From = Make.Noon, Cursor = cursor }));
        Assert.NotEmpty((await _log.ListAsync(new RunFilter { Strategy = "majority", Cursor = cursor })).Items);
    }

    [Fact]
    public async Task EveryAlterationOfACursorIsRefused()
    {
        var cursor = (await _log.ListAsync(new RunFilter { Limit = 2 })).Next!;
        var altered = cursor.Select((c, i) => cursor[..i] + (c == 'A' ? 'B' : 'A') + cursor[(i + 1)..])
            .Concat(["", " ", "AAAA", "%", cursor + "A", cursor[..^1], cursor + "=", " " + cursor, new string('A', 43), new string('z', 4000), "é\0"]);

        foreach (var text in altered)
            await Assert.ThrowsAsync<InvalidCursorException>(() => _log.ListAsync(new RunFilter { Cursor = text }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(int.MaxValue, 80)]
    public async Task APageIsNeverEmptyForWantOfALimitNorLargerThanTheCap(int limit, int expected) =>
        Assert.Equal(expected, (await _log.ListAsync(new RunFilter { Limit = limit })).Items.Count);

    [Fact]
    public async Task ARunIsFoundByTheModelsOfItsCandidatesToo()
    {
        var run = Make.Run() with { Request = null, Candidates = [new CandidateBody { Id = 0, Model = "outside/model", Status = CandidateStatus.Failed }] };
        await _log.SaveAsync(run);

        var summary = Assert.Single((await _log.ListAsync(new RunFilter { Model = "outside/model" })).Items);
        Assert.Equal(["outside/model"], summary.Models);
    }

    private static RunFilter RandomFilter(Random random)
    {
        return new RunFilter
        {
            From = Maybe() ? Make.Noon.AddSeconds(random.Next(20)) : null,
            To = Maybe() ? Make.Noon.AddSeconds(random.Next(20)) : null,
            Outcome = Maybe() ? Pick(random, Enum.GetValues<Outcome>()) : null,
            Status = Maybe() ? Pick(random, Enum.GetValues<RunStatus>()) : null,
            Strategy = Maybe() ? Pick(random, Strategies) : null,
            Model = Maybe() ? Pick(random, Models) : null,
            Tag = Maybe() ? Pick(random, Tags) : null,
            KeyId = Maybe() ? Pick(random, Keys) : null,
            HasScore = Maybe() ? random.Next(2) == 0 : null,
        };

        bool Maybe() => random.Next(4) == 0;
    }

    private async Task JudgeAsync(Guid runId)
    {
        var job = JudgeRig.NewJob();
        await _log.Log.AddJudgeJobAsync(runId, job, static _ => true, TestContext.Current.CancellationToken);
        var begun = await _log.Log.BeginAttemptAsync(job.JobId, JudgeRig.Rule.MaxAttempts, TestContext.Current.CancellationToken);
        var submission = new ScoreSubmission { JobId = job.JobId, Attempt = begun.Work!.Attempt, Scores = [JudgeRig.Scored()] };
        await _log.Log.SubmitScoresAsync(submission, "quality@1", JudgeRig.Rule, by: null, TestContext.Current.CancellationToken);
        _judged.Add(runId);
    }

    private IEnumerable<Guid> Expected(RunFilter filter) => _saved.Where(saved => Matches(saved.Run, saved.Key, filter)).Select(static saved => saved.Run)
        .OrderByDescending(static run => run.CreatedAt).ThenByDescending(static run => run.RunId).Select(static run => run.RunId);

    private async Task<List<Guid>> PagesAsync(RunFilter filter, Random random)
    {
        var listed = new List<Guid>();
        do
        {
            var page = await _log.ListAsync(filter with { Limit = random.Next(1, 12) });
            listed.AddRange(page.Items.Select(static item => item.RunId));
            filter = filter with { Cursor = page.Next };
        }
        while (filter.Cursor is not null);
        return listed;
    }

    private bool Matches(ConsensusResponse run, string? key, RunFilter filter) =>
        (filter.From is null || run.CreatedAt >= filter.From)
        && (filter.To is null || run.CreatedAt < filter.To)
        && (filter.Outcome is null || run.Outcome == filter.Outcome)
        && (filter.Status is null || run.Status == filter.Status)
        && (filter.Strategy is null || run.Strategy == filter.Strategy)
        && (filter.Model is null || run.Request!.Models.Contains(filter.Model) || run.Candidates!.Any(candidate => candidate.Model == filter.Model))
        && (filter.Tag is null || run.Request!.Tags.Contains(filter.Tag))
        && (filter.KeyId is null || key == filter.KeyId)
        && (filter.HasScore is null || _judged.Contains(run.RunId) == filter.HasScore);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string[] Some(Random random, string[] from) => [.. from.Where(_ => random.Next(2) == 0)];
}
