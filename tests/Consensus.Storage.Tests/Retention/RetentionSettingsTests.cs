using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Microsoft.Extensions.Configuration;

namespace Consensus.Storage.Tests.Retention;

public sealed class RetentionSettingsTests
{
    [Fact]
    public void WithoutSettingsRunsAreKeptNinetyDaysAndNothingIsHeld()
    {
        var (settings, violations) = Read();
        Assert.Empty(violations);
        Assert.Equal(
            [
                new(RetainedTable.JudgeJobs, 60, null), new(RetainedTable.Runs, 90, null), new(RetainedTable.CalibrationProposals, 365, null),
                new(RetainedTable.FittedDocuments, 365, null), new RetentionRule(RetainedTable.Benchmarks, null, null),
            ],
            settings.Policy.Rules);
        Assert.Empty(settings.Policy.HoldTags);
        Assert.Equal((true, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 50), (settings.Enabled, settings.Every, settings.StartDelay, settings.BatchRows));
    }

    [Fact]
    public void EverySettingIsReadAndUnlimitedUndoesADefault()
    {
        var (settings, violations) = Read(
            ("Runs:Days", "7"), ("Runs:MaxRows", "1000"), ("JudgeJobs:Days", "unlimited"), ("Benchmarks:MaxRows", "5"), ("HoldTags:0", "legal"), ("HoldTags:1", "audit"),
            ("Enabled", "false"), ("Every", "00:10:00"), ("StartDelay", "00:00:00"), ("BatchRows", "50"));
        Assert.Empty(violations);
        Assert.Equal(new RetentionRule(RetainedTable.Runs, 7, 1000), RetentionPolicies.RuleOf(settings.Policy, RetainedTable.Runs));
        Assert.Equal(new RetentionRule(RetainedTable.JudgeJobs, null, null), RetentionPolicies.RuleOf(settings.Policy, RetainedTable.JudgeJobs));
        Assert.Equal(new RetentionRule(RetainedTable.Benchmarks, null, 5), RetentionPolicies.RuleOf(settings.Policy, RetainedTable.Benchmarks));
        Assert.Equal(["audit", "legal"], settings.Policy.HoldTags);
        Assert.Equal((false, TimeSpan.FromMinutes(10), TimeSpan.Zero, 50), (settings.Enabled, settings.Every, settings.StartDelay, settings.BatchRows));
    }

    [Fact]
    public void EveryFaultIsNamedAtOnce()
    {
        var (_, violations) = Read(
            ("Runs:Days", "0"), ("Runs:MaxRows", "-1"), ("Scores:Days", "5"), ("Benchmarks:Age", "5"), ("JudgeJobs:Days", "many"), ("HoldTags:0", " "), ("HoldTags:1", "secret"),
            ("Every", "soon"), ("StartDelay", "2.00:00:00"), ("BatchRows", "0"), ("Enabled", "perhaps"));
        string[] named =
        [
            "Retention:Runs:Days", "Retention:Runs:MaxRows", "Retention:Scores", "Retention:Benchmarks:Age", "Retention:JudgeJobs:Days", "Retention:HoldTags:0",
            "Retention:HoldTags:1", "Retention:Every", "Retention:StartDelay", "Retention:BatchRows", "Retention:Enabled",
        ];
        Assert.Equal(named.Order(StringComparer.Ordinal), violations.Select(violation => violation.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("30", "90", true)]
    [InlineData("30", "unlimited", true)]
    [InlineData("unlimited", "90", true)]
    [InlineData("90", "90", false)]
    [InlineData("1", "90", false)]
    public void RunsAreArchivedLaterThanTwoDaysAndBeforeTheyAreErased(string after, string days, bool isRight)
    {
        var (settings, violations) = Read(("Runs:ArchiveAfterDays", after), ("Runs:Days", days));
        Assert.Equal(isRight, violations.Count == 0);
        Assert.True(!isRight || settings.ArchiveAfterDays == (after == "30" ? 30 : null));
        Assert.All(violations, static violation => Assert.StartsWith("Retention:Runs:ArchiveAfterDays", violation, StringComparison.Ordinal));
    }

    [Fact]
    public void ThePolicyHasTheSameVersionInWhateverOrderTagsAreGiven() => Assert.Equal(
        RetentionPolicies.VersionOf(Read(("HoldTags:0", "a"), ("HoldTags:1", "b")).Settings.Policy),
        RetentionPolicies.VersionOf(Read(("HoldTags:0", "b"), ("HoldTags:1", "a"), ("HoldTags:2", "a")).Settings.Policy));

    private static (RetentionSettings Settings, List<string> Violations) Read(params (string Name, string Value)[] given)
    {
        List<string> violations = [];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given.Select(g => KeyValuePair.Create($"Retention:{g.Name}", (string?)g.Value))).Build();
        return (RetentionSettings.Read(configuration, tag => tag != "secret", violations), violations);
    }
}
