namespace Consensus.ApiService.Backups;

/// <summary>Registers backups by schedule.</summary>
internal static class BackupServices
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BackupOptions>().Bind(builder.Configuration.GetSection(BackupOptions.Section))
            .Validate(static options => !options.Violations().Any(), "The section Backup is wrong: Backup:Folder is an absolute path, Backup:Every from 00:01:00 to 31.00:00:00, Backup:Keep from 1 to 1000.")
            .ValidateOnStart();
        builder.Services.AddHostedService<BackupSchedule>();
    }
}
