using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Microsoft.Data.Sqlite;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

/// <summary>Configurations as JSON, to change and to put.</summary>
internal static class SampleConfigs
{
    public const string Path = "/v1/scoring/config";

    /// <summary>A configuration of every member that a service without settings takes; the samples differ by the rate.</summary>
    public static JsonObject Sample(double rate = 0.25) => JsonNode.Parse(
        $$"""
          {
            "schemaVersion": 1,
            "samplingRate": {{rate.ToString(System.Globalization.CultureInfo.InvariantCulture)}},
            "judges": [ { "model": "sim/ada", "weight": 1.5 }, { "model": "sim/curie", "weight": -0.5 } ],
            "panel": { "aggregation": "anchored", "recuseOwnFamily": false },
            "rubric": "house",
            "rubrics": [
              {
                "name": "house", "version": 3, "description": "Ours.",
                "criteria": [
                  {
                    "name": "right", "question": "Is it right?\nSay so.", "weight": 2,
                    "grades": [
                      { "name": "Yes", "score": 1, "anchor": "It is." },
                      { "name": "Partly", "score": 0.5, "anchor": "In part." },
                      { "name": "No", "score": 0, "anchor": "It is not." }
                    ]
                  },
                  {
                    "name": "clear-enough", "question": "Is it clear?",
                    "grades": [ { "name": "yes", "score": 1, "anchor": "It is." }, { "name": "no", "score": 0.25, "anchor": "It is not." } ]
                  }
                ]
              },
              {
                "name": "short", "version": 1,
                "criteria": [ { "name": "short", "question": "Is it short?", "grades": [ { "name": "yes", "score": 1, "anchor": "a" }, { "name": "no", "score": 0, "anchor": "b" } ] } ]
              }
            ],
            "pairwise": { "enabled": true, "maxCandidates": 3 },
            "claims": { "enabled": true, "maxClaims": 5 },
            "thresholds": { "lowScore": 0.6, "lowAlpha": 0.3, "unscoredShare": 0.4 },
            "jobs": { "maxAttempts": 3, "timeoutSeconds": 60, "concurrency": 2, "maxOutputTokens": 512 }
          }
          """)!.AsObject();

    public static async Task<HttpResponseMessage> PutConfigAsync(this ApiApp app, string json, string? ifMatch = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        }

        return await (client ?? app.Http).SendAsync(request);
    }

    public static Task<HttpResponseMessage> PutConfigAsync(this ApiApp app, JsonNode json, string? ifMatch = null) => app.PutConfigAsync(json.ToJsonString(), ifMatch);

    public static async Task<ScoringConfigReceipt> TakenAsync(this Task<HttpResponseMessage> putting)
    {
        using var response = await putting;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        var receipt = JsonSerializer.Deserialize(text, ConsensusJson.Default.ScoringConfigReceipt)!;
        Assert.Equal($"\"{receipt.Version}\"", response.Headers.ETag?.Tag);
        return receipt;
    }

    public static async Task<VersionedScoringConfig> CurrentAsync(this ApiApp app, string path = Path) =>
        JsonSerializer.Deserialize(await app.Http.GetStringAsync(path), ConsensusJson.Default.VersionedScoringConfig)!;

    /// <summary>What is stored, oldest first, as <c>version source</c>.</summary>
    public static List<string> Configs(this StorageFolders folder)
    {
        using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(folder.Path, "runs.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version || ' ' || source FROM scoring_configs ORDER BY seq";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
