using System.Globalization;
using Consensus.Cli.Display;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;
using Spectre.Console;

namespace Consensus.Cli.Provenance;

/// <summary>Where an answer came from, for people: what it was decided by, then each sentence with who says it.</summary>
internal static class ProvenanceView
{
    public static void Write(IAnsiConsole console, RunProvenance provenance)
    {
        var facts = new Facts().Add(
            "run", Joined(
                $"{provenance.RunId}", WireName.Of(provenance.Kind), SafeText.Line(provenance.Strategy), Words.Of(provenance.Status),
                provenance.Outcome is { } outcome ? Words.Of(outcome) : null));
        if (provenance.Lineage is { } lineage)
        {
            Write(facts, lineage, provenance.RequestMatches);
        }
        else
        {
            facts.Add("lineage", "none is stored: the run has not ended, was interrupted, or is from before lineage was kept", Styles.Fair);
        }

        facts.Add("evidence", provenance.EvidenceId?.ToString()).Write(console);
        console.WriteLine();
        if (provenance.Attribution is { } attribution)
        {
            Write(console, attribution, provenance);
        }
        else
        {
            console.WriteLine(provenance.AttributionReason == NoAttribution.ContentNotStored
                ? "The texts of the run are not stored, so its answer cannot be attributed." : "There is no answer to attribute.");
        }
    }

    private static void Write(Facts facts, RunLineage lineage, bool? matches)
    {
        facts.Add("parent", lineage.ParentRunId?.ToString());
        facts.Add("request", lineage.Request is not { } hash ? "no hash" : Joined(
            $"{SafeText.Line(hash.Algorithm)} {SafeText.Line(hash.Value)}", $"key {SafeText.Line(hash.Key)}",
            matches switch { true => "the stored request has it", false => "the stored request does not have it", _ => null }));
        foreach (var (i, model) in lineage.Models.Index())
        {
            facts.Add(i == 0 ? "models" : "", Joined(
                SafeText.Line(model.Id), model.ProviderKind is { } kind ? SafeText.Line(kind) : null,
                model.ProviderModels.Count > 0 ? $"answered as {Names(model.ProviderModels)}" : null, Names(model.Roles),
                model.Reliability is { } reliability ? $"reliability {Number<double>(reliability)}" : null));
        }

        facts.Add("prompts", Names(lineage.Prompts));
        facts.Add("rubric", lineage.Rubric is { } rubric ? SafeText.Line(rubric.Name) + (rubric.Version is { } version ? $"@{version}" : "") : null);
        facts.Add("parameters", Parameters(lineage.Parameters));
        facts.Add("versions", Joined(
            $"code {SafeText.Line(lineage.Versions.Code)}", Named("calibration", lineage.Versions.Calibration),
            Named("scoring", lineage.Versions.ScoringConfig), Named("policy", lineage.Versions.Policy)));
        facts.Add("trace", lineage.TraceId is { } trace ? SafeText.Line(trace) : null);
    }

    private static string Parameters(LineageParameters given) => Joined(
        Named("temperature", Number(given.Temperature)), Named("seed", Number(given.Seed)), Named("tokens", Number(given.MaxOutputTokens)),
        Named("samples", Number(given.SamplesPerModel)), given.EarlyStop is { } stop ? $"early stop {WireName.Of(stop)}" : null,
        given.DeadlineMs is { } deadline ? $"deadline {Words.Time(deadline)}" : null, Named("quorum", Number(given.Quorum)),
        Named("least answers", Number(given.MinResponses)), $"kind {WireName.Of(given.AnswerKind)}",
        given.Tolerance > 0 ? $"tolerance {Number<double>(given.Tolerance)}" : null, $"similarity {SafeText.Line(given.Similarity)}",
        given.Ranking is { } ranking ? $"ranking {WireName.Of(ranking)}" : null, given.Cache is { } cache ? cache ? "cache" : "no cache" : null);

    private static void Write(IAnsiConsole console, AnswerAttribution attribution, RunProvenance provenance)
    {
        console.Write(new Text(Words.Answer(attribution.Answer.Text, 4_000), Styles.Strong));
        console.WriteLine();
        console.WriteLine($"said by {string.Join(", ", attribution.Candidates.Select(id => Who(provenance, id)))}");
        foreach (var (i, sentence) in attribution.Sentences.Index())
        {
            console.WriteLine();
            console.WriteLine($"{i + 1}. {SafeText.Line(Cut(attribution.Text, sentence), 1_000)}");
            foreach (var source in sentence.Candidates)
            {
                var who = Who(provenance, source.Candidate);
                console.WriteLine($"   {Words.Share(source.Support)}  candidate {who}, characters {source.Start} to {source.End}");
            }

            foreach (var source in sentence.Passages)
            {
                console.WriteLine($"   {Words.Share(source.Support)}  passage {source.Passage}, characters {source.Start} to {source.End}");
            }

            if (sentence.Candidates.Count + sentence.Passages.Count == 0)
            {
                console.Write(new Text("   said by none in these words", Styles.Fair));
                console.WriteLine();
            }
        }

        if (!attribution.IsWhole)
        {
            console.WriteLine();
            console.WriteLine("The texts are very long: only a part of them was held against each other.");
        }
    }

    private static string? Cut(string? text, AttributedSentence sentence) =>
        text is not null && sentence.Start >= 0 && sentence.End <= text.Length && sentence.Start <= sentence.End ? text[sentence.Start..sentence.End] : null;

    private static string Who(RunProvenance provenance, int candidate) =>
        provenance.Candidates.FirstOrDefault(one => one.Id == candidate) is { } said ? $"{candidate} ({SafeText.Line(said.Model, 60)})" : $"{candidate}";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(static name => SafeText.Line(name)));

    private static string? Named(string name, string? value) => value is null ? null : $"{name} {SafeText.Line(value)}";

    private static string? Number<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string Joined(params string?[] parts) => string.Join(" · ", parts.Where(static part => !string.IsNullOrEmpty(part)));
}
