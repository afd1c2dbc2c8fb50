namespace Consensus.ApiService.Backups;

/// <summary>Registers backups, by schedule and on demand.</summary>
internal static class BackupServices
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(BackupSettings.Read(builder.Configuration));
        builder.Services.AddSingleton<BackupKeeper>();
        builder.Services.AddSingleton<BackupSchedule>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<BackupSchedule>());
    }
}
