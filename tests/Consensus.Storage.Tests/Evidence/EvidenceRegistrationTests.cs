using Consensus.Storage.Evidence;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consensus.Storage.Tests.Evidence;

public sealed class EvidenceRegistrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-storage-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WithoutADatabaseTheStoreIsAFileInTheFolder()
    {
        using var host = Host();
        await host.StartAsync(Token);
        Assert.Equal(Path.Combine(_folder.FullName, "data", "evidence.db"), host.Services.GetRequiredService<EvidenceStore>().Place);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "data", "evidence.db")));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task WithADatabaseTheStoreIsThereAndNoFileIsMade()
    {
        var database = TestPostgres.NewDatabase();
        using var host = Host(("ConnectionStrings:runs", database));
        await host.StartAsync(Token);
        var store = host.Services.GetRequiredService<EvidenceStore>();
        Assert.EndsWith("/" + new Npgsql.NpgsqlConnectionStringBuilder(database).Database, store.Place, StringComparison.Ordinal);
        await store.ProbeAsync(Token);
        Assert.True(store.MeasureBytes() > 0);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task ADatabaseThatDoesNotAnswerDoesNotStopTheStart()
    {
        using var host = Host(("ConnectionStrings:runs", "Host=127.0.0.1;Port=1;Database=none;Username=u;Timeout=2"));
        await host.StartAsync(Token);
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => host.Services.GetRequiredService<EvidenceStore>().ProbeAsync(Token));
        await host.StopAsync(Token);
    }

    private IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddEvidenceStore(builder.Configuration);
        return builder.Build();
    }
}
