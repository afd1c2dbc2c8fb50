using Consensus.Core.Privacy;
using Consensus.Storage.Audit;
using Consensus.Storage.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consensus.Storage.Runs;

/// <summary>Registers the run log.</summary>
public static class RunLogRegistration
{
    /// <summary>The file's name in the storage folder.</summary>
    public const string FileName = "runs.db";

    /// <summary>
    /// Adds <see cref="RunLog"/> by the sections <c>RunLog</c> (<see cref="RunLogOptions"/>), <c>Audit</c> (<see cref="AuditOptions"/>), <c>Retention</c> (<see cref="RetentionSettings"/>) and
    /// <c>Storage:Folder</c>: where the databases lie, absolute or from the content root, <c>data</c> by default. The host opens it at start; one that cannot be
    /// opened is logged and tried again at each use.
    /// </summary>
    /// <exception cref="OptionsValidationException">The section <c>Retention</c> is wrong; the message has every fault.</exception>
    public static IServiceCollection AddRunLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RunLogOptions>()
            .Bind(configuration.GetSection("RunLog"))
            .Validate(options => Enum.IsDefined(options.Content), "RunLog:Content must be one of none, redacted, full.")
            .ValidateOnStart();
        var retention = ReadRetention(configuration);
        services.AddOptions<AuditOptions>()
            .Bind(configuration.GetSection("Audit"))
            .Validate(options => !options.Violations().Any(), "The section Audit is wrong: Audit:Key and Audit:OldKeys are Base64 of at least 32 bytes, "
                + "Audit:HeadEvery is from 00:00:01 to 1.00:00:00, Audit:HeadEntries at least 1, Audit:HeadFile a path.")
            .ValidateOnStart();
        services.AddSingleton(retention);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RunLog(
            Path.Combine(StorageFolder.Of(configuration, provider.GetRequiredService<IHostEnvironment>().ContentRootPath), FileName),
            provider.GetRequiredService<IOptions<RunLogOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunLog>>(),
            policy: retention.Policy,
            audit: provider.GetRequiredService<IOptions<AuditOptions>>().Value));
        services.AddHostedService<RunLogOpening>();
        services.AddHostedService<AuditHeadKeeping>();
        return services;
    }

    private static RetentionSettings ReadRetention(IConfiguration configuration)
    {
        List<string> violations = [];
        var keepsTexts = string.Equals(configuration["RunLog:Content"], nameof(RunContent.Full), StringComparison.OrdinalIgnoreCase);
        var settings = RetentionSettings.Read(configuration, tag => keepsTexts || Redactor.Redact(tag) == tag, violations);
        return violations.Count == 0 ? settings : throw new OptionsValidationException(RetentionSettings.Section, typeof(RetentionSettings), violations);
    }
}
