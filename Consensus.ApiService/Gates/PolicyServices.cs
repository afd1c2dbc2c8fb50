using Consensus.ApiService.Documents;
using Consensus.Contracts;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Gates;

/// <summary>Registers the policy in force.</summary>
internal static class PolicyServices
{
    /// <summary>The setting that names the file of a policy.</summary>
    public const string FileSetting = $"{PolicyOptions.Section}:{nameof(PolicyOptions.File)}";

    public static void AddPolicy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddDocumentFile(
            FileSetting, "policy", Limits.PolicyBytes, services => Options(services).File, services => Options(services).FileEvery,
            services => services.GetRequiredService<PolicyRegister>().TakeFileAsync);
        builder.Services.AddSingleton<PolicyHolder>();
        builder.Services.AddSingleton<PolicyRegister>();
        builder.Services.AddDocumentStart(
            "policy", $"that of the file ({FileSetting}), or everything passes", services => services.GetRequiredService<PolicyRegister>().IsLoaded,
            (services, isStart) => services.GetRequiredService<PolicyRegister>().LoadAsync(isStart));
        builder.Services.AddHealthChecks().AddCheck<PolicyHealth>("policy", tags: [HealthTags.Ready]);
    }

    private static PolicyOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<PolicyOptions>>().Value;
}
