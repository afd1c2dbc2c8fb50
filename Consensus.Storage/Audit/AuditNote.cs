using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Audit.Canonical;

namespace Consensus.Storage.Audit;

/// <summary>Something to be recorded.</summary>
/// <param name="Action">What.</param>
/// <param name="SubjectKind">The kind of what it is about.</param>
/// <param name="SubjectId">Its id, name or version.</param>
/// <param name="KeyId">The API key that did it; null: the service itself, or the command line.</param>
/// <param name="Detail">More: numbers, versions and keyed digests, never content.</param>
internal readonly record struct AuditNote(AuditAction Action, string SubjectKind, string SubjectId, string? KeyId, params IReadOnlyList<AuditDetail> Detail)
{
    /// <summary>The word of the action.</summary>
    public string Word => WireName.Of(Action);

    /// <summary>The detail in canonical JSON; members without a value are left out.</summary>
    public string DetailText()
    {
        var text = new StringBuilder("{");
        foreach (var member in Detail.Where(static member => member.Value is not null).OrderBy(static member => member.Name, StringComparer.Ordinal))
        {
            if (text.Length > 1)
                text.Append(',');
            Jcs.Write(text, member.Name);
            text.Append(':');
            if (member.Value is string words)
                Jcs.Write(text, words);
            else
                text.Append(EcmaScriptNumber.Write(Convert.ToDouble(member.Value, System.Globalization.CultureInfo.InvariantCulture)));
        }

        return text.Append('}').ToString();
    }
}

/// <summary>A member of an entry's detail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">A text or a number within 2^53; null: it is left out.</param>
internal readonly record struct AuditDetail(string Name, object? Value);

/// <summary>The kinds of what entries are about.</summary>
internal static class AuditSubjects
{
    public const string Trail = "trail";
    public const string Run = "run";
    public const string JudgeJob = "judge_job";
    public const string ScoringConfig = "scoring_config";
    public const string Policy = "policy";
    public const string Calibration = "calibration";
    public const string Retention = "retention";
    public const string Key = "key";
    public const string Benchmark = "benchmark";
    public const string Table = "table";
    public const string Export = "export";
    public const string Archive = "archive";
    public const string Backup = "backup";
    public const string ExportSchedule = "export_schedule";
    public const string Storage = "storage";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Trail, Run, JudgeJob, ScoringConfig, Policy, Calibration, Retention, Key, Benchmark, Table, Export, Archive, Backup, ExportSchedule, Storage];
}

/// <summary>Who did it.</summary>
internal static class AuditActor
{
    public const string System = "system";
    public const string Cli = "cli";

    /// <summary>What stands before a key's name, so that no key can be named as another actor.</summary>
    public const string KeyPrefix = "key:";

    public static string Of(string? keyId, bool isCommand) => keyId is not null ? KeyPrefix + keyId : isCommand ? Cli : System;
}
