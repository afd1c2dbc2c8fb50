using Consensus.Contracts.Retention;
using Microsoft.Extensions.Configuration;

namespace Consensus.Storage.Retention;

/// <summary>The section <c>Retention</c>.</summary>
/// <param name="Policy">How long things are kept.</param>
/// <param name="Enabled">Whether the API purges by itself. Held runs stay held either way.</param>
/// <param name="Every">How often it does.</param>
/// <param name="StartDelay">How long after its start it does for the first time.</param>
/// <param name="BatchRows">Rows of a table that are erased in one transaction.</param>
/// <param name="ArchiveAfterDays">Runs that ended longer ago move into the archive; <c>null</c>: none do.</param>
public sealed record RetentionSettings(RetentionPolicy Policy, bool Enabled, TimeSpan Every, TimeSpan StartDelay, int BatchRows, int? ArchiveAfterDays)
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    /// <summary>The word for a bound that is not set.</summary>
    public const string Unlimited = "unlimited";

    /// <summary><see cref="BatchRows"/> when it is not set.</summary>
    public const int DefaultBatchRows = 50;

    /// <summary>The setting's name and the days of each table when they are not set; <c>null</c>: unlimited. Rows are never bound unless it is set.</summary>
    public static IReadOnlyList<(RetainedTable Table, string Name, int? Days)> Tables { get; } =
    [
        (RetainedTable.JudgeJobs, "JudgeJobs", 60),
        (RetainedTable.Runs, "Runs", 90),
        (RetainedTable.CalibrationProposals, "Proposals", 365),
        (RetainedTable.FittedDocuments, "FittedDocuments", 365),
        (RetainedTable.Benchmarks, "Benchmarks", null),
    ];

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="isStored">Whether a tag is stored as it is written: one that redaction would change could hold nothing.</param>
    /// <param name="violations">Takes every fault, each with its setting.</param>
    /// <returns>The settings, of no use when there are faults.</returns>
    public static RetentionSettings Read(IConfiguration configuration, Func<string, bool> isStored, ICollection<string> violations)
    {
        var reader = new RetentionSettingsReader(configuration.GetSection(Section), violations);
        reader.CheckNames();
        var rules = Tables.Select(table => reader.Rule(table.Table, table.Name, table.Days)).ToArray();
        return new RetentionSettings(
            new RetentionPolicy(rules, reader.HoldTags(isStored)),
            reader.Flag("Enabled", given: true),
            reader.Time("Every", TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(31)),
            reader.Time("StartDelay", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromDays(1)),
            (int)(reader.Number("BatchRows", 1, 10_000) ?? DefaultBatchRows),
            reader.ArchiveAfterDays(rules.First(static rule => rule.Table == RetainedTable.Runs).Days));
    }
}
