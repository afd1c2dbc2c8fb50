using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Text;

namespace Consensus.Dashboard.Components;

/// <summary>How numbers and names are put into words.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => WireName.Of(value).Replace('_', ' ');

    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    public static string Share(double share) => $"{share * 100:0.#} %";

    public static string Time(double milliseconds) => milliseconds < 1000 ? $"{milliseconds:0} ms" : $"{milliseconds / 1000:0.0} s";

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    public static string Names(IEnumerable<string> models) => string.Join(", ", models.Select(model => VisibleText.Line(model, 120)));

    public static string Utc(DateTimeOffset time) => $"{time.ToUniversalTime():d MMM yyyy, HH:mm:ss} UTC";

    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } passed => $"{passed.TotalMinutes:0} min ago",
        { TotalHours: < 24 } passed => $"{passed.TotalHours:0} h ago",
        _ => $"{time.ToUniversalTime():d MMM yyyy}",
    };

    /// <summary>Model and sample, where a model was asked more than once.</summary>
    public static string Who(CandidateBody candidate, int samplesPerModel) => Who(candidate.Model, candidate.Sample, samplesPerModel);

    /// <inheritdoc cref="Who(CandidateBody, int)"/>
    public static string Who(string model, int sample, int samplesPerModel) => VisibleText.Line(model, 120) + (samplesPerModel > 1 ? $" #{sample + 1}" : "");

    /// <summary>Why a candidate has no vote.</summary>
    public static string WhyNot(CandidateBody candidate) =>
        candidate.Error is { } error ? $"{Capital(Of(error.Reason))}: {VisibleText.Line(error.Message, 300)}" : Capital(Of(candidate.Status));
}
