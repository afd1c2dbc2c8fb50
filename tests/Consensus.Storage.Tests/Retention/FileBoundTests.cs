using System.Text;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using static Consensus.Storage.Tests.Retention.RetentionRig;

namespace Consensus.Storage.Tests.Retention;

public sealed class FileBoundTests(ITestOutputHelper output)
{
    private const string Canary = "CANARY-7f3a91";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFileStaysBoundedHoweverManyRunsPassThroughIt()
    {
        await using var rig = new RetentionRig();
        var policy = rig.Policy(Days(30));
        List<long> peaks = [];
        for (var round = 0; round < 8; round++)
        {
            await StoreAsync(rig, runs: 60, $"round {round}");
            peaks.Add(rig.Log.MeasureBytes());
            rig.Time.Advance(TimeSpan.FromDays(31));
            await rig.PurgeAsync(policy, batchRows: 25);
        }

        var after = rig.Log.MeasureBytes();
        output.WriteLine($"peaks {string.Join(", ", peaks)}; after the last purge {after} bytes");
        Assert.Equal(0, rig.Count("runs"));

        // The first round is what one round needs; a log that only grew would be at eight times that. The audit trail of 480 runs stays.
        Assert.All(peaks, peak => Assert.InRange(peak, 0, peaks[0] * 3 / 2));
        Assert.InRange(after, 0, peaks[0] / 3);
    }

    [Fact]
    public async Task TheMostRowsBoundTheFileToo()
    {
        await using var rig = new RetentionRig();
        var policy = rig.Policy(Rows(60));
        List<long> sizes = [];
        for (var round = 0; round < 6; round++)
        {
            await StoreAsync(rig, runs: 60, $"round {round}");
            rig.Time.Advance(TimeSpan.FromHours(1));
            await rig.PurgeAsync(policy, batchRows: 25);
            sizes.Add(rig.Log.MeasureBytes());
        }

        output.WriteLine(string.Join(", ", sizes));
        Assert.Equal(60, rig.Count("runs"));
        Assert.All(sizes, size => Assert.InRange(size, 0, sizes[0] * 3 / 2));
    }

    [Fact]
    public async Task WhatWasPurgedIsInNoByteOfTheFiles()
    {
        await using var rig = new RetentionRig("keep");
        await StoreAsync(rig, runs: 40, Canary);
        await rig.StoreAsync(daysAgo: 0, tag: "keep", text: "held-" + Canary[..3]);
        Assert.True(Contains(rig, Canary));
        rig.Time.Advance(TimeSpan.FromDays(2));

        await rig.PurgeAsync(rig.Policy(Days(1)));

        Assert.False(Contains(rig, Canary));
        Assert.True(Contains(rig, "held-" + Canary[..3]));
        Assert.Empty(await rig.Log.CheckAsync(Token));
    }

    [Fact]
    public async Task AFileThatCannotShrinkStaysBoundedAndShrinksOnceItIsRewritten()
    {
        await using var rig = new RetentionRig();
        await StoreAsync(rig, runs: 5, "first");
        await rig.File.CloseAsync();
        MakeAsOfOld(rig.File);
        await rig.File.ReopenAsync();
        await StoreAsync(rig, runs: 80, "second");
        var full = rig.Log.MeasureBytes();
        rig.Time.Advance(TimeSpan.FromDays(2));

        await rig.PurgeAsync(rig.Policy(Days(1)));
        var survey = await rig.Log.SurveyAsync(rig.Policy(Days(1)), Token);
        Assert.False(survey.GivesSpaceBack);
        Assert.InRange(survey.FreeBytes, full / 2, full);
        await rig.File.CloseAsync();
        RunLog.Rewrite(rig.File.File, NullLogger.Instance);
        await rig.File.ReopenAsync();

        Assert.True((await rig.Log.SurveyAsync(rig.Policy(Days(1)), Token)).GivesSpaceBack);
        Assert.InRange(rig.Log.MeasureBytes(), 0, full / 2);
        Assert.Empty(await rig.Log.CheckAsync(Token));
    }

    [Fact]
    public async Task AloneIsRefusedWhileTheLogIsOpenAndKeepsOthersOutWhenItIsGiven()
    {
        await using var rig = new RetentionRig("keep");
        var old = await rig.StoreAsync(daysAgo: 100);
        await rig.Log.PutPolicyAsync(Token);

        var refused = await Assert.ThrowsAsync<RunLogUnavailableException>(() => RunLog.OpenAloneAsync(rig.File.File, rig.Time, NullLogger.Instance, Token));
        Assert.Contains("the API runs", refused.Message, StringComparison.Ordinal);
        await rig.File.CloseAsync();

        await using (var alone = await RunLog.OpenAloneAsync(rig.File.File, rig.Time, NullLogger.Instance, Token))
        {
            Assert.Equal(["keep"], (await alone.FindPolicyAsync(Token))!.HoldTags);
            var receipt = await alone.PurgeAsync(new PurgeOrder(rig.Policy(Days(1)), Contracts.Retention.PurgeSource.Cli, null, DryRun: false, 10), null, Token);
            Assert.Equal(1, receipt.Tables.Sum(table => table.ByAge));
            Assert.ThrowsAny<Microsoft.Data.Sqlite.SqliteException>(() => rig.Count("runs"));
        }

        await rig.File.ReopenAsync();
        Assert.Null(await rig.File.FindAsync(old));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => RunLog.OpenAloneAsync(rig.File.File + ".not", rig.Time, NullLogger.Instance, Token));
    }

    /// <summary>As versions made it that knew no retention.</summary>
    private static void MakeAsOfOld(TemporaryLog file)
    {
        using var connection = file.Connect();
        connection.Execute("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM; PRAGMA journal_mode = WAL;");
        Assert.Equal(0, connection.QuerySingle<long>("PRAGMA auto_vacuum"));
    }

    private static Task<Guid[]> StoreAsync(RetentionRig rig, int runs, string text) => Task.WhenAll(
        Enumerable.Range(0, runs).Select(i => rig.StoreAsync(daysAgo: 0, text: $"{text} {i} {new string((char)('a' + (i % 26)), 20_000)}")));

    private static bool Contains(RetentionRig rig, string text) => rig.File.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
