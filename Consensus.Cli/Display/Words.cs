using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Display;

/// <summary>How numbers and names are put into words.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => WireName.Of(value).Replace('_', ' ');

    public static string Share(double share) => $"{share * 100:0.#} %";

    public static string Time(double milliseconds) => milliseconds < 1000 ? $"{milliseconds:0} ms" : $"{milliseconds / 1000:0.0} s";

    public static string Cost(decimal? usd) => usd is { } known ? $"${known:0.######}" : "cost not known";

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    public static string Names(IEnumerable<string> models) => string.Join(", ", models.Select(model => SafeText.Line(model)));

    /// <summary>Model and sample, where a model was asked more than once.</summary>
    public static string Who(string model, int sample, int samplesPerModel) =>
        samplesPerModel > 1 ? $"{SafeText.Line(model)} #{sample + 1}" : SafeText.Line(model);

    /// <summary>What a candidate brought, in one line.</summary>
    public static string What(CandidateBody candidate) => candidate switch
    {
        { Status: CandidateStatus.Answered } => SafeText.Line(candidate.Answer?.Text ?? candidate.Text),
        { Error: { } error } => $"{Of(error.Reason)}: {SafeText.Line(error.Message)}",
        _ => Of(candidate.Status),
    };
}
