using Consensus.ApiService.Hosting;

namespace Consensus.ApiService.Admission;

/// <summary>Registers limits.</summary>
internal static class AdmissionServices
{
    /// <exception cref="StartRefusedException">A daily budget is set where nothing is stored.</exception>
    public static void AddAdmission(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration[$"{AdmissionOptions.Section}:{nameof(AdmissionOptions.DailyCostUsd)}"])
            && !builder.Configuration.GetValue("RunLog:Enabled", defaultValue: true))
        {
            throw new StartRefusedException("Limits:DailyCostUsd needs the run log, in which stands what was spent: RunLog:Enabled is false.");
        }

        builder.Services.AddOptions<AdmissionOptions>().BindConfiguration(AdmissionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SharedRedis>();
        builder.Services.AddSingleton<RequestWindows>();
        builder.Services.AddSingleton<RequestLimits>();
        builder.Services.AddSingleton<RunLeases>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunLeases>());
        builder.Services.AddSingleton<DailyBudgets>();
        builder.Services.AddSingleton<RunAdmission>();
    }

    /// <summary>Before anybody is asked who they are.</summary>
    public static void UseAddressLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RequestLimits>();
        app.Use(limits.GuardAddressAsync);
    }

    /// <summary>When it is known who calls.</summary>
    public static void UseCallerLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RequestLimits>();
        app.Use(limits.LimitCallerAsync);
    }
}
