using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.Storage.Tests.Runs;

public sealed class RegistrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-storage-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WithoutSettingsTheLogLiesInDataBelowTheContentRootAndIsOpenedAtStart()
    {
        using var host = Host();
        await host.StartAsync(TestContext.Current.CancellationToken);

        var file = Path.Combine(_folder.FullName, "data", "runs.db");
        Assert.True(File.Exists(file));
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
            Assert.Equal((1L, 0L), (connection.ExecuteScalar<long>("SELECT count(*) > 0 FROM schema_versions"), connection.ExecuteScalar<long>("SELECT count(*) FROM probe")));
        var options = host.Services.GetRequiredService<IOptions<RunLogOptions>>().Value;
        Assert.Equal((true, true, RunContent.Redacted, false), (options.Enabled, options.Required, options.Content, options.FullSync));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("./a/b/../elsewhere")]
    public async Task TheFolderIsTakenFromTheSettings(string folder)
    {
        using var host = Host(("Storage:Folder", folder), ("RunLog:Content", "full"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var log = host.Services.GetRequiredService<RunLog>();
        var run = Make.Run();

        await log.SaveAsync(new RunRecord(run, null, "here"), TestContext.Current.CancellationToken);

        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.FullName, folder, "runs.db")), log.Place);
        Assert.Equal(Make.Json(run), Make.Json(await log.FindAsync(run.RunId, null, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("7")]
    public async Task AnUnknownPrivacyLevelStopsTheStart(string content)
    {
        using var host = Host(("RunLog:Content", content));

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("RunLog:Content", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALogThatCannotBeOpenedDoesNotStopTheStart()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data"), "in the way", TestContext.Current.CancellationToken);
        using var host = Host();

        await host.StartAsync(TestContext.Current.CancellationToken);

        var log = host.Services.GetRequiredService<RunLog>();
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.ProbeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SwitchedOffTheLogTouchesNoFile()
    {
        using var host = Host(("RunLog:Enabled", "false"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var log = host.Services.GetRequiredService<RunLog>();

        await log.SaveAsync(new RunRecord(Make.Run(), null, "here"), TestContext.Current.CancellationToken);
        await log.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.False(log.IsEnabled);
        Assert.Equal(0, await log.MarkInterruptedAsync("here", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.ListAsync(new RunFilter(), TestContext.Current.CancellationToken));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddRunLog(builder.Configuration);
        return builder.Build();
    }
}
