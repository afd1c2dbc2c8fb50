using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>Asks a service where answers came from, and for runs to be decided again.</summary>
internal static class ProvenanceCalls
{
    public static async Task<ConsensusResponse> DecideAsync(this ApiApp app, JsonNode request, string path = "/v1/consensus/aggregate")
    {
        using var response = await app.PostAsync(path, request);
        return await response.RunAsync();
    }

    public static async Task<RunProvenance> ProvenanceAsync(this ApiApp app, Guid runId)
    {
        using var response = await app.Http.GetAsync($"/v1/runs/{runId}/provenance");
        return JsonSerializer.Deserialize(await TextAsync(response), ConsensusJson.Default.RunProvenance)!;
    }

    public static async Task<JsonObject> ProvAsync(this ApiApp app, Guid runId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{runId}/provenance");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/provenance+json"));
        using var response = await app.Http.SendAsync(request);
        var text = await TextAsync(response);
        Assert.Equal("application/provenance+json", response.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task<ReplayReport> ReplayAsync(this ApiApp app, Guid runId, string body = "{}")
    {
        using var response = await app.PostAsync($"/v1/runs/{runId}/replay", body);
        return JsonSerializer.Deserialize(await TextAsync(response), ConsensusJson.Default.ReplayReport)!;
    }

    /// <summary>Changes what is stored behind the service's back.</summary>
    public static async Task EditAsync(this ApiApp app, Guid runId, string assignment, string table = "candidates", string where = "1 = 1")
    {
        await using var connection = new SqliteConnection($"Data Source={app.Services.GetRequiredService<RunLog>().Place};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var owner = table == "runs" ? "seq" : "run_seq";
        command.CommandText = $"UPDATE {table} SET {assignment} WHERE {owner} = (SELECT seq FROM runs WHERE run_id = $id) AND {where}";
        command.Parameters.AddWithValue("$id", runId.ToByteArray(bigEndian: true));
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return text;
    }
}
