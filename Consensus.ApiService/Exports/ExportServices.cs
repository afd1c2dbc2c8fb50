namespace Consensus.ApiService.Exports;

/// <summary>Registers exports by schedule.</summary>
internal static class ExportServices
{
    public static void AddExports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ExportSettings.Read(builder.Configuration));
        builder.Services.AddHostedService<ExportSchedule>();
    }
}
