using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>What steps say of themselves in <c>details</c>. A candidate stands for its cluster: the medoid's number.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VoteDetails))]
[JsonSerializable(typeof(TierDetails))]
[JsonSerializable(typeof(RankDetails))]
[JsonSerializable(typeof(SynthesisDetails))]
[JsonSerializable(typeof(DebateDetails))]
[JsonSerializable(typeof(JudgeDetails))]
internal sealed partial class StepsJson : JsonSerializerContext
{
    private static StepsJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    // Where numbers may be answers, the digits of a long fraction would be looked at as such.
    public static double? Rounded(double? share) => share is { } given ? Math.Round(given, 6) : null;

    /// <summary>Details as they were told.</summary>
    /// <exception cref="JsonException">They are of another step.</exception>
    public static T Read<T>(JsonElement details) => details.Deserialize((JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!) ?? throw new JsonException("There are no details.");

    public static JsonElement Of<T>(T details) => JsonSerializer.SerializeToElement(details, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!);
}

/// <summary>What a vote came to.</summary>
/// <param name="Outcome">The vote's outcome.</param>
/// <param name="Agreement">The leading cluster's share of all asked.</param>
/// <param name="Confidence">The majority's posterior of the leader; <c>null</c> without a winner.</param>
/// <param name="Leader">The winner by its medoid; <c>null</c> without one.</param>
internal sealed record VoteDetails(Outcome Outcome, double Agreement, double? Confidence, int? Leader)
{
    public static VoteDetails Of(Decision vote) =>
        new(DecisionMapping.ToWire(vote.Outcome), StepsJson.Rounded(vote.Agreement)!.Value, StepsJson.Rounded(vote.Confidence), vote.Winner?.Representative);
}

/// <summary>What stood after a tier.</summary>
/// <param name="Models">The models of the tier.</param>
/// <param name="Candidates">Their candidates' numbers.</param>
/// <param name="Vote">The vote over all tiers so far; <c>null</c> where no text had come.</param>
internal sealed record TierDetails(IReadOnlyList<string> Models, IReadOnlyList<int> Candidates, VoteDetails? Vote);
