using System.Globalization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;

namespace Consensus.Storage.Tests.Retention;

/// <summary>What <c>docs/retention.md</c> says of settings and tables is so.</summary>
public sealed class RetentionPageTests
{
    private static readonly string[] Rows = [.. Repository.Read("docs/retention.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    [Fact]
    public void TheDefaultsAreThoseOfTheCode()
    {
        List<string> violations = [];
        var settings = RetentionSettings.Read(new ConfigurationBuilder().Build(), _ => true, violations);
        Assert.Empty(violations);
        foreach (var (table, name, _) in RetentionSettings.Tables)
            Says($"Retention:{name}:Days", RetentionPolicies.RuleOf(settings.Policy, table).Days?.ToString(CultureInfo.InvariantCulture) ?? "`unlimited`");
        Says("Retention:Enabled", $"`{(settings.Enabled ? "true" : "false")}`");
        Says("Retention:StartDelay", $"`{settings.StartDelay:c}`");
        Says("Retention:Every", $"`{settings.Every:c}`");
        Says("Retention:BatchRows", settings.BatchRows.ToString(CultureInfo.InvariantCulture));

        static void Says(string setting, string value) => Assert.Contains(Rows, row => row.StartsWith($"| `{setting}` | {value} |", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryTableThatHoldsMoreThanALineIsAccountedFor()
    {
        string[] ownedByRuns = ["candidates", "clusters", "run_models", "run_tags", "run_lists", "labels", "scores"];
        string[] noRecords = ["probe", "schema_versions"];
        var accounted = Rows.SelectMany(row => row.Split('|')[1].Split(',')).Select(cell => cell.Trim(' ', '`')).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(StoredFields.Tables.Select(table => table.Table).Except(ownedByRuns).Except(noRecords).Except(accounted));
        Assert.Subset(accounted, WireName.All<RetainedTable>().ToHashSet(StringComparer.Ordinal));
    }
}
