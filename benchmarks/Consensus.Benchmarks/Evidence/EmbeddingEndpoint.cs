using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Consensus.Benchmarks.Evidence;

/// <summary>Embeds texts by a model of a server that speaks OpenAI's protocol; keeps what it was given.</summary>
internal sealed class EmbeddingEndpoint(string address, string model) : IDisposable
{
    private const int AtOnce = 32;

    private readonly HttpClient _http = new() { BaseAddress = new Uri(address.TrimEnd('/') + "/") };
    private readonly Dictionary<string, float[]> _known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts)
    {
        foreach (var some in texts.Where(text => !_known.ContainsKey(text)).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            using var response = await _http.PostAsJsonAsync("embeddings", new { model, input = some, encoding_format = "base64" });
            response.EnsureSuccessStatusCode();
            foreach (var (text, item) in some.Zip((await response.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsArray()))
            {
                _known[text] = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)item!["embedding"]!)).ToArray();
            }
        }

        return [.. texts.Select(text => _known[text])];
    }

    public void Dispose() => _http.Dispose();
}
