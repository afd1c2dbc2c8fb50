using System.Globalization;
using System.Text.Json;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;
using Consensus.Contracts.Provenance;
using Spectre.Console;

namespace Consensus.Cli.Provenance;

/// <summary>A run that was decided again, for people: both verdicts, then each member that differs.</summary>
internal static class ReplayView
{
    /// <summary>Of a value so much is shown; the JSON has all of it.</summary>
    private const int ValueCharacters = 200;

    public static void Write(IAnsiConsole console, ReplayReport report)
    {
        var quorum = report.Quorum is { } share ? $" · quorum {share.ToString(CultureInfo.InvariantCulture)}" : "";
        var facts = new Facts()
            .Add("run", $"{report.RunId}")
            .Add("decided by", $"{SafeText.Line(report.Strategy)}{quorum}{(report.IsWhatIf ? " · not as the run was: what it would have come to" : "")}")
            .Add("was", Verdict(report.Was))
            .Add("is", Verdict(report.Is));
        foreach (var version in report.Versions)
        {
            facts.Add(SafeText.Line(version.Name), Version(version), version.IsSame == false ? Styles.Fair : Style.Plain);
        }

        if (report.RequestMatches is { } matches)
        {
            facts.Add("request", $"the stored request {(matches ? "has" : "does not have")} its hash", matches ? Style.Plain : Styles.Fair);
        }

        facts.Write(console);
        console.WriteLine();
        if (report.IsSame)
        {
            console.Write(new Text("The same.", Styles.Good));
            console.WriteLine();
            return;
        }

        console.Write(new Text($"{Words.Count(report.Differences.Count, "difference")}:", Styles.Fair));
        console.WriteLine();
        foreach (var difference in report.Differences)
        {
            console.WriteLine($"  {SafeText.Line(difference.Field)}: {Value(difference.Was)} -> {Value(difference.Is)}");
        }
    }

    private static string Verdict(ReplayVerdict verdict) => string.Join(" · ", new[]
    {
        verdict.Outcome is { } outcome ? Words.Of(outcome) : "not decided",
        verdict.Answer is { } answer ? Words.Answer(answer.Text) : null,
        verdict.Agreement is { } agreement ? $"agreement {Words.Share(agreement)}" : null,
    }.OfType<string>());

    private static string Version(ReplayVersion version) => version.IsSame switch
    {
        true => $"{Named(version.Is)}, as then",
        false => $"{Named(version.Was)} then, {Named(version.Is)} now: a difference may come from it",
        null => $"{Named(version.Is)} now, not known of then",
    };

    private static string Named(string? version) => version is null ? "none" : SafeText.Line(version);

    private static string Value(JsonElement? value) => value is { } given ? SafeText.Line(given.GetRawText(), ValueCharacters) : "nothing";
}
