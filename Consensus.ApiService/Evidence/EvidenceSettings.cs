using Consensus.ApiService.Hosting;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Evidence;

/// <summary>What the section <c>Evidence</c> says of evidence mode.</summary>
/// <param name="Judge">The model that is asked what follows from passages (<c>Evidence:Judge</c>); <c>null</c>: none, and claims are matched by their
/// words.</param>
/// <param name="JudgeTimeout">How long it may take over all claims of an answer (<c>Evidence:JudgeTimeout</c>).</param>
internal sealed record EvidenceSettings(string? Judge, TimeSpan JudgeTimeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="StartRefusedException">No such model is configured, or the time is none.</exception>
    public static EvidenceSettings Read(IConfiguration configuration, ModelCatalog catalog)
    {
        var judge = configuration["Evidence:Judge"]?.Trim() is { Length: > 0 } named ? named : null;
        if (judge is not null && catalog.Find(judge) is null)
        {
            throw new StartRefusedException($"Evidence:Judge: '{judge}' is not a configured model; ids are provider/name.");
        }

        var given = configuration["Evidence:JudgeTimeout"];
        var timeout = DefaultTimeout;
        return given is null || (TimeSpan.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out timeout) && timeout > TimeSpan.Zero)
            ? new EvidenceSettings(judge, timeout)
            : throw new StartRefusedException($"Evidence:JudgeTimeout is {given}: it must be a time above zero, such as 00:01:00.");
    }
}
