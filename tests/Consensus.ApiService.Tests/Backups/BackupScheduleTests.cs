using Consensus.ApiService.Backups;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Tests.Backups;

public sealed class BackupScheduleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task AFailedBackupIsTriedAgainAfterWaitsThatGrowAndLeavesNothing()
    {
        await using var rig = await BackupRig.StartAsync(TimeSpan.FromDays(1));
        File.Move(rig.Segment, rig.Segment + ".away");

        await rig.StartScheduleAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(20), () => Waits().Count >= 4);

        Assert.Equal(["00:01:00", "00:02:00", "00:04:00", "00:08:00"], Waits().Take(4));
        Assert.InRange(rig.Time.GetUtcNow() - BackupRig.Start, TimeSpan.FromMinutes(7), Hour);
        File.Move(rig.Segment + ".away", rig.Segment);
        await rig.PassAsync(TimeSpan.FromMinutes(1), () => rig.Log.Lines.Any(static line => line.Contains("is complete", StringComparison.Ordinal)));
        Assert.Single(rig.Begun);

        List<string> Waits() => [.. rig.Log.Lines.Select(static line => line.Split("it is tried again in ")).Where(static parts => parts.Length == 2).Select(static parts => parts[1][..8])];
    }

    [Fact]
    public async Task OneThatWasMadeMeanwhilePutsTheNextOff()
    {
        await using var rig = await BackupRig.StartAsync(Hour);
        await rig.StartScheduleAsync();
        await Eventually.HoldsAsync(() => rig.Log.Lines.Count(static line => line.Contains("is complete", StringComparison.Ordinal)) == 1);
        rig.Time.Advance(Hour / 2);
        await rig.BackUpAsync();

        await rig.PassAsync(TimeSpan.FromMinutes(10), () => rig.Begun.Count == 3);

        Assert.Equal([TimeSpan.Zero, Hour / 2], rig.Begun.Take(2));
        Assert.True(rig.Begun[2] >= Hour * 1.5, $"The third was begun after {rig.Begun[2]}.");
    }

    [Fact]
    public async Task OnlySoManyAreKeptAndWhatWasBegunBeforeGoes()
    {
        await using var rig = await BackupRig.StartAsync(Hour, keep: 2);
        await rig.BackUpAsync();
        Directory.CreateDirectory(new BackupFolder(rig.Folder).PathAt(BackupRig.Start + Hour / 2));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            rig.Time.Advance(Hour);
            await rig.BackUpAsync();
        }

        Assert.Equal([Hour, 2 * Hour], rig.Begun);
    }

    [Fact]
    public async Task SettingsThatAreWrongStopTheStartWithEveryFault()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Backup:Folder"] = "backups", ["Backup:Every"] = "never", ["Backup:Keep"] = "0", ["Backup:Kept"] = "1",
        }));

        Assert.Equal(
            [
                "Backup:Kept is no setting; here are Folder, Every, Keep.", "Backup:Folder is \"backups\"; it takes an absolute path.",
                "Backup:Every is \"never\"; it takes a time from 00:01:00 to 31.00:00:00.", "Backup:Keep is \"0\"; it takes a whole number from 1 to 1000.",
            ],
            refused.Failures);
    }

    [Fact]
    public void WaitsGrowToAnHourAndNeverBeyondWhatIsDue()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], Enumerable.Range(1, 9).Select(static failures => RetryWaits.After(failures, TimeSpan.FromDays(1)).TotalMinutes));
        Assert.Equal([1, 2, 3, 3], Enumerable.Range(1, 4).Select(static failures => RetryWaits.After(failures, TimeSpan.FromMinutes(3)).TotalMinutes));
    }
}
