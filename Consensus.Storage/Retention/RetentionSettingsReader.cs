using System.Globalization;
using Consensus.Contracts;
using Consensus.Contracts.Retention;
using Microsoft.Extensions.Configuration;

namespace Consensus.Storage.Retention;

/// <summary>Reads the section's values, with every fault at once. A name that is not known is one: a slip there would keep what should go, or erase what should stay.</summary>
internal sealed class RetentionSettingsReader(IConfigurationSection section, ICollection<string> violations)
{
    private const int MostDays = 36_500;
    private const int LeastArchiveDays = 2;
    private const string Runs = "Runs";
    private const string ArchiveAfter = "ArchiveAfterDays";
    private const long MostRows = 1_000_000_000_000;

    private static readonly string[] Names = ["Enabled", "Every", "StartDelay", "BatchRows", "HoldTags", .. RetentionSettings.Tables.Select(static table => table.Name)];

    public void CheckNames()
    {
        CheckNames(section, Names);
        foreach (var (_, name, _) in RetentionSettings.Tables)
            CheckNames(section.GetSection(name), name == Runs ? ["Days", "MaxRows", ArchiveAfter] : ["Days", "MaxRows"]);
    }

    /// <summary>When runs are archived: later than an <c>Idempotency-Key</c> lives, and before they are erased.</summary>
    public int? ArchiveAfterDays(int? days)
    {
        var runs = section.GetSection(Runs);
        var after = (int?)Number(runs, ArchiveAfter, LeastArchiveDays, MostDays, unlimited: true);
        if (after >= days)
            violations.Add($"{runs.Path}:{ArchiveAfter} is {after}; runs are erased after {days} days ({runs.Path}:Days), so it takes fewer.");
        return after;
    }

    public RetentionRule Rule(RetainedTable table, string name, int? days)
    {
        var given = section.GetSection(name);
        return new RetentionRule(
            table,
            Value(given, "Days") is null ? days : (int?)Bound(given, "Days", MostDays),
            Bound(given, "MaxRows", MostRows));
    }

    public IReadOnlyList<string> HoldTags(Func<string, bool> isStored)
    {
        var given = section.GetSection("HoldTags");
        if (given.Value is { Length: > 0 })
            violations.Add($"{given.Path} is a list: set {given.Path}:0, {given.Path}:1 and so on.");
        List<string> tags = [];
        foreach (var item in given.GetChildren())
        {
            if (string.IsNullOrWhiteSpace(item.Value) || item.Value.Length > Limits.LabelCharacters)
                violations.Add($"{item.Path} is {Shown(item.Value)}; it takes a tag of 1 to {Limits.LabelCharacters} characters.");
            else if (!isStored(item.Value))
                violations.Add($"{item.Path} would be redacted in every run that has it, and hold none; it takes another tag, or RunLog:Content=full.");
            else
                tags.Add(item.Value);
        }

        return [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public bool Flag(string name, bool given)
    {
        if (Value(section, name) is not { } text || bool.TryParse(text, out given))
            return given;
        violations.Add($"{section.Path}:{name} is {Shown(text)}; it takes true or false.");
        return given;
    }

    public TimeSpan Time(string name, TimeSpan given, TimeSpan least, TimeSpan most)
    {
        if (Value(section, name) is not { } text)
            return given;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < least || time > most)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{name} is {Shown(text)}; it takes a time from {least:c} to {most:c}."));
        return time;
    }

    public long? Number(string name, long least, long most) => Number(section, name, least, most, unlimited: false);

    private long? Bound(IConfigurationSection table, string name, long most) => Number(table, name, 1, most, unlimited: true);

    private long? Number(IConfigurationSection within, string name, long least, long most, bool unlimited)
    {
        if (Value(within, name) is not { } text || (unlimited && text == RetentionSettings.Unlimited))
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        var or = unlimited ? $", or {RetentionSettings.Unlimited}" : "";
        violations.Add(string.Create(CultureInfo.InvariantCulture, $"{within.Path}:{name} is {Shown(text)}; it takes a whole number from {least} to {most}{or}."));
        return null;
    }

    private void CheckNames(IConfigurationSection within, string[] names)
    {
        foreach (var child in within.GetChildren())
        {
            if (!names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                violations.Add($"{child.Path} is no setting; here are {string.Join(", ", names)}.");
        }
    }

    private static string? Value(IConfigurationSection within, string name) => string.IsNullOrEmpty(within[name]) ? null : within[name];

    private static string Shown(string? text) => text is null ? "nothing" : $"\"{(text.Length > 60 ? text[..60] + "…" : text)}\"";
}
