using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Consensus.ApiService.Tests.Docs;

/// <summary>A request of a page and the response below it, as fenced blocks.</summary>
internal sealed partial record HttpSample(string Request, string Response, bool ShapeOnly)
{
    private const string RequestFence = "```http request\n";
    private const string End = "\n```\n";
    private const string RunId = "0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35";
    private const string JobId = "0197f3c2-5a2c-7b10-a4de-3f9d0c8b7e21";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, JsonNode> Volatile = new()
    {
        ["runId"] = RunId,
        ["requestId"] = "0197f3c2-5a10-7c3e-9b1d-2f6a4e8c0b11",
        ["jobId"] = JobId,
        ["configVersion"] = "5d8f2c1be07a9364",
        ["next"] = "MDE5N2YzYzItNWExYi03ZjQ0",
        ["createdAt"] = "2026-01-31T12:00:00Z",
        ["startedAt"] = "2026-01-31T12:00:00.001Z",
        ["finishedAt"] = "2026-01-31T12:00:00.25Z",
        ["putAt"] = "2026-01-31T12:00:00Z",
        ["totalMs"] = 249,
        ["slowestCallMs"] = 246.5,
        ["overheadMs"] = 2.5,
        ["latencyMs"] = 246.5,
        ["durationMs"] = 249,
        ["secret"] = "csk_Rm9yIHRoZSBkb2N1bWVudGF0aW9uLCBub3QgYSBrZXk",
        ["hint"] = "csk_Rm9yIH",
    };

    /// <summary>The samples of a page, in order.</summary>
    public static List<HttpSample> In(string page) =>
        [.. Parts(page).Select(part => new HttpSample(part.Request, part.Response, part.Fence.EndsWith("shape", StringComparison.Ordinal)))];

    /// <summary>The page with other responses.</summary>
    public static string With(string page, IEnumerable<string> responses)
    {
        var written = new StringBuilder(page.Split(RequestFence)[0]);
        foreach (var (part, response) in Parts(page).Zip(responses))
        {
            written.Append(RequestFence).Append(part.Request).Append(End).Append(part.Between).Append(part.Fence).Append('\n').Append(response).Append(part.After);
        }

        return written.ToString();
    }

    /// <summary>A fence ends at a line of its own: texts of models have fences inside of lines.</summary>
    private static IEnumerable<(string Request, string Between, string Fence, string Response, string After)> Parts(string page)
    {
        foreach (var part in page.Split(RequestFence).Skip(1))
        {
            var requestEnd = part.IndexOf(End, StringComparison.Ordinal);
            var fence = part.IndexOf("```http response", requestEnd, StringComparison.Ordinal);
            var fenceEnd = part.IndexOf('\n', fence);
            var responseEnd = part.IndexOf(End, fenceEnd, StringComparison.Ordinal) + 1;
            yield return (part[..requestEnd], part[(requestEnd + End.Length)..fence], part[fence..fenceEnd], part[(fenceEnd + 1)..responseEnd], part[responseEnd..]);
        }
    }

    public HttpRequestMessage ToMessage(string runId)
    {
        var head = Request.Split("\n\n", 2);
        var line = head[0].Split('\n')[0].Replace("{runId}", runId, StringComparison.Ordinal).Split(' ');
        return new HttpRequestMessage(new HttpMethod(line[0]), line[1])
        {
            Content = head.Length > 1 ? new StringContent(head[1].Replace("{runId}", runId, StringComparison.Ordinal), Encoding.UTF8, "application/json") : null,
        };
    }

    /// <summary>The response as the page shows it: what differs from run to run is replaced.</summary>
    public static async Task<string> ShowAsync(HttpResponseMessage response)
    {
        var shown = new StringBuilder($"HTTP/1.1 {(int)response.StatusCode} {(response.StatusCode == HttpStatusCode.OK ? "OK" : response.ReasonPhrase)}\n");
        shown.Append(response.Content.Headers.ContentType is { } type ? $"Content-Type: {type.MediaType}\n" : "");
        shown.Append(response.Headers.Location is null ? "" : $"Location: {Known(response.Headers.Location.OriginalString)}\n");
        var body = await response.Content.ReadAsStringAsync();
        if (body.Length > 0)
        {
            shown.Append('\n').Append(Normal(JsonNode.Parse(body))!.ToJsonString(Indented)).Append('\n');
        }

        return shown.ToString();
    }

    /// <summary>Names and types without values: two responses of equal shape have the same members.</summary>
    public static string Shape(string response)
    {
        var parts = response.Split("\n\n", 2);
        return parts[0] + "\n" + (parts.Length > 1 ? Shape(JsonNode.Parse(parts[1])) : "");
    }

    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject found when found.Count > 0 && found.All(m => m.Key.Contains('/', StringComparison.Ordinal)) => "{…}",
        JsonObject found => $"{{{string.Join(",", found.Select(m => $"{m.Key}:{Shape(m.Value)}"))}}}",
        JsonArray list => $"[{(list.Count > 0 ? Shape(list[0]) : "")}]",
        _ => "_",
    };

    /// <summary>An address with the page's ids in it.</summary>
    private static string Known(string path) => Id().Replace(path, path.Contains("/jobs/", StringComparison.Ordinal) ? JobId : RunId);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Id();

    private static JsonNode? Normal(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (var (name, value) in found.ToList())
                {
                    found[name] = value is not null && Volatile.TryGetValue(name, out var fixedValue) ? fixedValue.DeepClone()
                        : value is JsonValue text && text.TryGetValue<string>(out var path) && path.StartsWith("/v1/", StringComparison.Ordinal) ? Known(path)
                        : Normal(value);
                }

                return found;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var item = list[i];
                    list[i] = null;
                    list[i] = Normal(item);
                }

                return list;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                // The last digits of a logarithm are the platform's own.
                return Math.Round(value.GetValue<double>(), 12);
            default:
                return node?.DeepClone();
        }
    }
}
