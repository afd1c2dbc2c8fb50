using Consensus.Core.Privacy;
using Consensus.Storage.Audit;
using Consensus.Storage.Postgres;
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

    /// <summary>The name of the connection string of a PostgreSQL database, which then takes the file's place.</summary>
    public const string ConnectionName = "runs";

    /// <summary>
    /// Adds <see cref="RunLog"/> by the sections <c>RunLog</c> (<see cref="RunLogOptions"/>), <c>Audit</c> (<see cref="AuditOptions"/>), <c>Retention</c> (<see cref="RetentionSettings"/>) and
    /// <c>Storage:Folder</c>: where the databases lie, absolute or from the content root, <c>data</c> by default; or by <c>ConnectionStrings:runs</c>, a PostgreSQL
    /// database that several processes share. The host opens it at start; one that cannot be opened is logged and tried again at each use.
    /// </summary>
    /// <exception cref="OptionsValidationException">The section <c>Retention</c> or the connection string is wrong; the message has every fault.</exception>
    public static IServiceCollection AddRunLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RunLogOptions>()
            .Bind(configuration.GetSection("RunLog"))
            .Validate(options => Enum.IsDefined(options.Content), "RunLog:Content must be one of none, redacted, full.")
            .Validate(options => options.Lease >= TimeSpan.FromSeconds(5) && options.Lease <= TimeSpan.FromHours(1), "RunLog:Lease must be from 00:00:05 to 01:00:00.")
            .Validate(options => options.Refresh >= TimeSpan.FromSeconds(0.1) && options.Refresh <= TimeSpan.FromHours(1), "RunLog:Refresh must be from 00:00:00.1 to 01:00:00.")
            .ValidateOnStart();
        var retention = ReadRetention(configuration);
        services.AddOptions<AuditOptions>()
            .Bind(configuration.GetSection("Audit"))
            .Validate(options => !options.Violations().Any(), "The section Audit is wrong: Audit:Key and Audit:OldKeys are Base64 of at least 32 bytes, "
                + "Audit:HeadEvery is from 00:00:01 to 1.00:00:00, Audit:HeadEntries at least 1, Audit:HeadFile a path.")
            .ValidateOnStart();
        services.AddSingleton(retention);
        services.TryAddSingleton(TimeProvider.System);
        CheckServer(configuration);
        services.AddSingleton(provider =>
        {
            var folder = StorageFolder.Of(configuration, provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
            var options = provider.GetRequiredService<IOptions<RunLogOptions>>().Value;
            var time = provider.GetRequiredService<TimeProvider>();
            var logger = provider.GetRequiredService<ILogger<RunLog>>();
            var audit = provider.GetRequiredService<IOptions<AuditOptions>>().Value;
            return ServerOf(configuration) is { } server
                ? new RunLog(new RunLogServer(server, logger), folder, options, time, logger, policy: retention.Policy, audit: audit)
                : new RunLog(Path.Combine(folder, FileName), options, time, logger, policy: retention.Policy, audit: audit);
        });
        services.AddHostedService<RunLogOpening>();
        services.AddHostedService<AuditHeadKeeping>();
        return services;
    }

    /// <summary>The connection string of the database that several processes share; <c>null</c> where the log is a file.</summary>
    public static string? ServerOf(IConfiguration configuration) =>
        configuration.GetConnectionString(ConnectionName) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>What is wrong with a connection string of PostgreSQL; <c>null</c> when nothing is.</summary>
    public static string? FaultOf(string connectionString)
    {
        try
        {
            RunLogServer.Settings(connectionString);
            return null;
        }
        catch (ArgumentException fault)
        {
            return $"is no connection string of PostgreSQL (Host=…;Database=…;Username=…;Password=…): {fault.Message}";
        }
    }

    private static void CheckServer(IConfiguration configuration)
    {
        if (ServerOf(configuration) is not { } server)
            return;
        List<string> violations = [];
        if (FaultOf(server) is { } fault)
            violations.Add($"ConnectionStrings:{ConnectionName} {fault}");

        if (configuration["Audit:Key"] is null or "")
            violations.Add("Audit:Key is missing: the processes that share a database sign one audit trail, so they need the same key. Give all of them the output of: openssl rand -base64 32");
        if (!string.IsNullOrWhiteSpace(configuration["Retention:Runs:ArchiveAfterDays"]))
            violations.Add("Retention:Runs:ArchiveAfterDays: the archive is files beside a run log in a file. Purge runs in a database, and export before.");
        if (!string.IsNullOrWhiteSpace(configuration["Backup:Folder"]))
            violations.Add("Backup:Folder: a run log in a database is backed up with the means of its server (pg_dump, snapshots).");
        if (violations.Count > 0)
            throw new OptionsValidationException($"ConnectionStrings:{ConnectionName}", typeof(RunLogOptions), violations);
    }

    private static RetentionSettings ReadRetention(IConfiguration configuration)
    {
        List<string> violations = [];
        var keepsTexts = string.Equals(configuration["RunLog:Content"], nameof(RunContent.Full), StringComparison.OrdinalIgnoreCase);
        var settings = RetentionSettings.Read(configuration, tag => keepsTexts || Redactor.Redact(tag) == tag, violations);
        return violations.Count == 0 ? settings : throw new OptionsValidationException(RetentionSettings.Section, typeof(RetentionSettings), violations);
    }
}
