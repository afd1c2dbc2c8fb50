namespace Consensus.ApiService.Retention;

/// <summary>Registers retention. Its settings come with the run log.</summary>
internal static class RetentionServices
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RetentionPurger>();
        builder.Services.AddSingleton<RetentionSchedule>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<RetentionSchedule>());
    }
}
