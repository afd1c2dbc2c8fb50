using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Runs;

public class ListingTests : IAsyncLifetime
{
    private static readonly string[] Keys = ["alice", "bob"];
    private static readonly string[] Strategies = ["majority", "weighted"];
    private static readonly string[] Models = ["sim/ada", "sim/bob", "sim/cat"];
    private static readonly string[] Tags = ["red", "green"];

    private readonly TemporaryLog _log = new();
    private readonly List<(ConsensusResponse Run, string? Key)> _saved = [];

    public async ValueTask InitializeAsync()
    {
        var random = new Random(11);
        for (var i = 0; i < 80; i++)
        {
            var status = Pick(random, Enum.GetValues<RunStatus>());
            var run = Make.Run(status, createdAt: Make.Noon.AddSeconds(random.Next(20))) with
            {
                Strategy = Pick(random, Strategies),
                Outcome = status == RunStatus.Completed ? Pick(random, Enum.GetValues<Outcome>()) : null,
                Request = new StoredRequest { Models = Some(random, Models), Tags = Some(random, Tags) },
            };
            _saved.Add((run, random.Next(3) == 0 ? null : Pick(random, Keys)));
        }

        await Task.WhenAll(_saved.Select(saved => _log.SaveAsync(saved.Run, saved.Key)));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Property(MaxTest = 150)]
    public async Task PagesHoldEveryMatchingRunOnceNewestFirst(int seed)
    {
        var random = new Random(seed);
        var filter = RandomFilter(random);
        var expected = _saved.Where(saved => Matches(saved.Run, saved.Key, filter)).Select(saved => saved.Run)
            .OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.RunId).Select(run => run.RunId);

        var listed = new List<Guid>();
        do
        {
            var page = await _log.ListAsync(filter with { Limit = random.Next(1, 12) });
            listed.AddRange(page.Items.Select(item => item.RunId));
            filter = filter with { Cursor = page.Next };
        }
        while (filter.Cursor is not null);

        Assert.Equal(expected, listed);
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
    public async Task ASummaryTellsWhatTheRunSays()
    {
        var run = Make.Run(createdAt: Make.Noon.AddDays(1)) with
        {
            Kind = RunKind.Aggregate,
            Agreement = 0.75,
            Confidence = new ConfidenceBody(0.9, null, null, "dirichlet"),
            Stability = new StabilityBody { Level = StabilityLevel.Fragile },
            Degraded = true,
            Usage = new UsageBody(1, 2, 0.00120m),
            Timings = new TimingsBody(12.5, null, null),
            FinishedAt = Make.Noon.AddDays(1).AddSeconds(1),
            Answer = new AnswerBody(new string('x', 300), null, AnswerKindName.Text),
            Request = new StoredRequest
            {
                Messages = [new("system", "Be brief."), new("user", new string('y', 300))],
                Models = ["b", "a", "b"],
                Tags = ["z", "y", "z"],
            },
        };
        await _log.SaveAsync(run);

        var summary = (await _log.ListAsync(new RunFilter { Limit = 1 })).Items[0];

        Assert.Equivalent(
            new RunSummary
            {
                RunId = run.RunId,
                Kind = RunKind.Aggregate,
                Status = RunStatus.Completed,
                Outcome = Outcome.Consensus,
                Strategy = "majority",
                Prompt = new string('y', 200),
                Answer = new string('x', 200),
                Agreement = 0.75,
                Confidence = 0.9,
                Stability = StabilityLevel.Fragile,
                Models = ["b", "a", "b"],
                Degraded = true,
                CostUsd = 0.00120m,
                DurationMs = 12.5,
                Tags = ["z", "y", "z"],
                CreatedAt = run.CreatedAt,
                FinishedAt = run.FinishedAt,
            },
            summary,
            strict: true);
    }

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
        };

        bool Maybe() => random.Next(4) == 0;
    }

    private static bool Matches(ConsensusResponse run, string? key, RunFilter filter) =>
        (filter.From is null || run.CreatedAt >= filter.From)
        && (filter.To is null || run.CreatedAt < filter.To)
        && (filter.Outcome is null || run.Outcome == filter.Outcome)
        && (filter.Status is null || run.Status == filter.Status)
        && (filter.Strategy is null || run.Strategy == filter.Strategy)
        && (filter.Model is null || run.Request!.Models.Contains(filter.Model))
        && (filter.Tag is null || run.Request!.Tags.Contains(filter.Tag))
        && (filter.KeyId is null || key == filter.KeyId);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string[] Some(Random random, string[] from) => [.. from.Where(_ => random.Next(2) == 0)];
}
