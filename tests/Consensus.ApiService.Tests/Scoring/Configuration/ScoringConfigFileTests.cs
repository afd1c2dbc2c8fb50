using System.Text.Json.Nodes;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Scoring.Configuration;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigFileTests : IDisposable
{
    private readonly StorageFolders _folder = new();

    private string File => Path.Combine(_folder.Path, "scoring.json");

    private Dictionary<string, string> Settings =>
        new(_folder.Settings) { [ScoringConfigServices.FileSetting] = File, ["Scoring:FileEvery"] = "00:00:00.05" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheFileBeginsAndAnEditOfItCountsAsAPut()
    {
        Write(SampleConfigs.Sample());
        await using var app = await ApiApp.StartAsync(Settings);
        Assert.Equal(0.25, (await app.CurrentAsync()).Config.SamplingRate);

        Write(SampleConfigs.Sample(0.5));
        await RateAsync(app, 0.5);
        // As editors do that keep a copy: the new file takes the old one's name.
        System.IO.File.WriteAllText(File + ".new", SampleConfigs.Sample(0.75).ToJsonString());
        System.IO.File.Move(File + ".new", File, overwrite: true);
        await RateAsync(app, 0.75);
        Assert.Equal(["file", "file", "file"], _folder.Configs().Select(static row => row.Split(' ')[1]));
    }

    [Fact]
    public async Task AnUnchangedFileDoesNotOverrideAPutAtARestartAndAChangedOneDoes()
    {
        Write(SampleConfigs.Sample());
        await using (var app = await ApiApp.StartAsync(Settings))
        {
            await app.PutConfigAsync(SampleConfigs.Sample(0.5)).TakenAsync();
        }

        // Other white space is no edit.
        System.IO.File.WriteAllText(File, SampleConfigs.Sample().ToJsonString(new() { WriteIndented = true }));
        await using (var app = await ApiApp.StartAsync(Settings))
        {
            Assert.Equal(0.5, (await app.CurrentAsync()).Config.SamplingRate);
        }

        Write(SampleConfigs.Sample(0.75));
        await using (var app = await ApiApp.StartAsync(Settings))
        {
            Assert.Equal(0.75, (await app.CurrentAsync()).Config.SamplingRate);
        }

        Assert.Equal(["file", "api", "file"], _folder.Configs().Select(static row => row.Split(' ')[1]));
    }

    [Fact]
    public async Task AFileThatSaysWhatIsInForceAlreadyIsRememberedAllTheSame()
    {
        Write(SampleConfigs.Sample());
        await using (var app = await ApiApp.StartAsync(Settings))
        {
            await app.PutConfigAsync(SampleConfigs.Sample(0.5)).TakenAsync();
            Write(SampleConfigs.Sample(0.5));
            await Poll.UntilAsync(() => _folder.Configs().Count == 3);
            await app.PutConfigAsync(SampleConfigs.Sample(0.75)).TakenAsync();
        }

        await using var restarted = await ApiApp.StartAsync(Settings);
        Assert.Equal(0.75, (await restarted.CurrentAsync()).Config.SamplingRate);
    }

    [Fact]
    public async Task ABadEditLeavesTheLastGoodOneAndIsToldInOneLineWithEveryReason()
    {
        Write(SampleConfigs.Sample());
        await using var app = await ApiApp.StartAsync(Settings);
        var version = (await app.CurrentAsync()).Version;
        var bad = SampleConfigs.Sample(7);
        bad["judges"]![0]!["model"] = "sim/none";
        bad["extra"] = 1;
        Write(bad);
        await Poll.UntilAsync(() => Refusals(app).Length > 0);
        Assert.Equal(version, (await app.CurrentAsync()).Version);
        var ready = await app.Http.GetStringAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Contains("the file is refused: 3 violations; the last good configuration stays in force", ready, StringComparison.Ordinal);

        // It is told once, however often it is looked at.
        System.IO.File.WriteAllText(File, "{");
        await Poll.UntilAsync(() => Refusals(app).Length > 1);
        System.IO.File.Delete(File);
        await Poll.UntilAsync(() => Refusals(app).Length > 2);
        Write(SampleConfigs.Sample());
        await Poll.UntilAsync(async () => await app.Http.GetStringAsync("/ready", TestContext.Current.CancellationToken), static text => !text.Contains("last good", StringComparison.Ordinal));
        var lines = Refusals(app);
        Assert.Equal(3, lines.Length);
        Assert.Contains("3 violations", lines[0], StringComparison.Ordinal);
        Assert.All((string[])["samplingRate", "judges[0].model", "extra", version], part => Assert.Contains(part, lines[0], StringComparison.Ordinal));
        Assert.Contains("not JSON", lines[1], StringComparison.Ordinal);
        Assert.Single(_folder.Configs());
    }

    [Theory]
    [InlineData("""{"schemaVersion":1,"rubric":"x","rubrics":[]}""", "rubrics: There are 0 of them.")]
    [InlineData(null, "Could not find file")]
    public async Task AFileThatIsRefusedEndsAStartThatHasNothingElse(string? text, string reason)
    {
        if (text is not null)
        {
            System.IO.File.WriteAllText(File, text);
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(Settings));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("Scoring:File", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsRefusedDoesNotEndAStartThatHasALastGoodOne()
    {
        Write(SampleConfigs.Sample());
        await using (await ApiApp.StartAsync(Settings))
        {
        }

        System.IO.File.WriteAllText(File, "{}");
        await using var app = await ApiApp.StartAsync(Settings);
        Assert.Equal(0.25, (await app.CurrentAsync()).Config.SamplingRate);
        Assert.Single(Refusals(app));
    }

    [Fact]
    public async Task AnEditIsStoredOnceTheStoreIsBack()
    {
        Write(SampleConfigs.Sample());
        var (database, away) = (Path.Combine(_folder.Path, "runs.db"), Path.Combine(_folder.Path, "runs.away"));
        Directory.CreateDirectory(database);
        await using var app = await ApiApp.StartAsync(Settings);
        Assert.Equal(0.25, (await app.CurrentAsync()).Config.SamplingRate);
        Write(SampleConfigs.Sample(0.5));
        await Poll.UntilAsync(() => app.Log.Lines.Any(static line => line.Contains("cannot be stored; it is tried again", StringComparison.Ordinal)));

        Directory.Move(database, away);
        await RateAsync(app, 0.5);
        Assert.Equal($"{(await app.CurrentAsync()).Version} file", _folder.Configs()[^1]);
    }

    [Fact]
    public async Task ALookThatIsTooSlowOrTooFastIsRefused()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => ApiApp.StartAsync(new Dictionary<string, string>(Settings) { ["Scoring:FileEvery"] = "00:00:00" }));
        Assert.Contains("Scoring:FileEvery", refused.Message, StringComparison.Ordinal);
    }

    private static string[] Refusals(ApiApp app) => [.. app.Log.Lines.Where(static line => line.Contains("is not taken", StringComparison.Ordinal))];

    private static async Task RateAsync(ApiApp app, double rate) => await Poll.UntilAsync(() => app.CurrentAsync(), current => current.Config.SamplingRate == rate);

    private void Write(JsonObject config) => System.IO.File.WriteAllText(File, config.ToJsonString());
}
