using System.Globalization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.OpenAi;

/// <summary>The verdict in short, as headers: for clients that hand on no member that OpenAI does not have.</summary>
internal static class ConsensusHeaders
{
    public const string RunId = "x-consensus-run-id";

    /// <summary>The members of the request that were left aside.</summary>
    public const string Ignored = "x-consensus-ignored";

    private const string Prefix = "x-consensus-";

    public static void Set(IHeaderDictionary headers, ConsensusResponse run)
    {
        headers[RunId] = run.RunId.ToString();
        if (run.Links.TryGetValue("self", out var self))
        {
            headers.Location = self;
        }

        Set(headers, "strategy", run.Strategy);
        Set(headers, "outcome", WireName.Of(run.Outcome));
        Set(headers, "gate", WireName.Of(run.Gate?.Decision));
        Set(headers, "agreement", Number(run.Agreement));
        Set(headers, "confidence", Number(run.Confidence?.Raw));
        Set(headers, "confidence-calibrated", Number(run.Confidence?.Calibrated));
        Set(headers, "stability", WireName.Of(run.Stability?.Level));
        Set(headers, "degraded", run.Degraded ? "true" : "false");
        Set(headers, "cost-usd", run.Usage?.CostUsd?.ToString(CultureInfo.InvariantCulture));
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[Prefix + name] = value;
        }
    }

    private static string? Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
}
