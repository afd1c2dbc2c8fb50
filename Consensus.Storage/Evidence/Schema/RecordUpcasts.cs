using System.Text.Json.Nodes;

namespace Consensus.Storage.Evidence.Schema;

/// <summary>How older evidence records become current ones.</summary>
internal static class RecordUpcasts
{
    /// <summary>
    /// Version 1 said of a claim only whether it is supported and cited whole passages; it knew neither contradiction nor other candidates nor judges. What
    /// it did not say stays unsaid.
    /// </summary>
    public static void From1(JsonObject record)
    {
        var passages = record["passages"]!.AsArray();
        foreach (var passage in passages)
        {
            passage!["document"] = null;
            passage["licence"] = null;
            passage["score"] = null;
        }

        var byNumber = passages.ToDictionary(static passage => passage!["number"]!.GetValue<int>(), static passage => passage!.AsObject());
        var claims = record["claims"]!.AsArray();
        var supported = 0;
        foreach (var claim in claims.Select(static claim => claim!.AsObject()))
        {
            supported += Claim(claim, byNumber) ? 1 : 0;
        }

        record["abstained"] = record["text"] is null;
        record["abstainReason"] = null;
        record["checkedText"] = record["text"]?.DeepClone();
        record["figures"] = Figures(claims.Count, supported);
        record["candidates"] = new JsonArray();
        record["links"] = new JsonObject();
        record["method"] = new JsonObject
        {
            ["matching"] = "lexical", ["matcher"] = record["matcher"]!.GetValue<string>(), ["judge"] = null, ["judgePrompt"] = null, ["answerPrompt"] = null,
            ["search"] = "bm25", ["unsupported"] = "mark", ["judgeFailures"] = 0, ["judgeUsage"] = null,
        };
        record.Remove("matcher");
    }

    /// <summary>Version 2 knew no parents.</summary>
    public static void From2(JsonObject record) => record["parentRunId"] = null;

    /// <summary>Version 3 knew no embeddings.</summary>
    public static void From3(JsonObject record) => record["method"]!["embeddings"] = null;

    private static bool Claim(JsonObject claim, Dictionary<int, JsonObject> passages)
    {
        var isSupported = claim["supported"]!.GetValue<bool>();
        var cited = claim["passages"]!.AsArray().Select(static number => number!.GetValue<int>());
        claim["citations"] = new JsonArray([.. cited.Select(number => (JsonNode)Citation(number, passages[number], isSupported))]);
        claim["checkable"] = true;
        claim["label"] = isSupported ? "supported" : "not_enough";
        foreach (var unsaid in new[] { "objection", "coverage", "rationale", "panelSupport" })
        {
            claim[unsaid] = null;
        }

        claim["supportingModels"] = new JsonArray();
        claim["contradictingModels"] = new JsonArray();
        claim.Remove("supported");
        claim.Remove("passages");
        return isSupported;
    }

    private static JsonObject Citation(int number, JsonObject passage, bool isSupported) => new JsonObject
    {
        ["passage"] = number,
        ["start"] = 0,
        ["end"] = passage["end"]!.GetValue<int>() - passage["start"]!.GetValue<int>(),
        ["quote"] = passage["text"]?.DeepClone(),
        ["label"] = isSupported ? "supported" : "not_enough",
        ["by"] = "matching",
    };

    private static JsonObject Figures(int claims, int supported) => new()
    {
        ["claims"] = claims, ["supported"] = supported, ["contradicted"] = 0, ["notEnough"] = claims - supported,
        ["hallucinationRate"] = claims == 0 ? null : (double)(claims - supported) / claims, ["citationRecall"] = null, ["citationPrecision"] = null,
    };
}
