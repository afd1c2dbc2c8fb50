using Consensus.ApiService.Backups;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Backups;
using Consensus.ApiService.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Errors;

public sealed partial class ErrorMakings
{
    private const string BackupPath = "/v1/backups";

    private static async Task<HttpResponseMessage> BackedUpAsync(Func<ApiApp, BackupFolders, Task<HttpResponseMessage>> ask)
    {
        await using var folder = new BackupFolders();
        await using var app = await ApiApp.StartAsync(folder.Settings);
        await folder.FirstAsync(app);
        return await ask(app, folder);
    }

    private static Task<HttpResponseMessage> BackUpTwiceAsync() => BackedUpAsync(static async (app, _) =>
    {
        using var first = await app.Services.GetRequiredService<BackupKeeper>().BeginAsync(CancellationToken.None);
        return await app.PostAsync(BackupPath, "");
    });

    /// <summary>A file of the archive is missing.</summary>
    private static Task<HttpResponseMessage> BackUpInVainAsync() => BackedUpAsync(static async (app, _) =>
    {
        (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).EnsureSuccessStatusCode();
        var log = app.Services.GetRequiredService<Storage.Runs.RunLog>();
        await log.ArchiveAsync(DateTimeOffset.UtcNow.AddDays(1), dryRun: false, told: null, CancellationToken.None);
        Directory.Delete(Path.Combine(Path.GetDirectoryName(log.Place)!, "archive"), recursive: true);
        return await app.PostAsync(BackupPath, "");
    });

    /// <summary>A database, whether or not it answers.</summary>
    private static async Task<HttpResponseMessage> BackUpADatabaseAsync()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings)
        {
            ["ConnectionStrings:runs"] = "Host=127.0.0.1;Port=1;Database=runs;Username=nobody;Timeout=1", ["Audit:Key"] = Convert.ToBase64String(new byte[32]),
        });
        using var root = app.Client(KeyedApi.Key("root"));
        return await app.PostAsync(BackupPath, "", root);
    }
}
