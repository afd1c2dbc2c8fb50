using System.Text;
using System.Text.RegularExpressions;

namespace Consensus.SystemTests.Fuzz;

/// <summary>Makes wrong requests of right ones, over every operation; the same seed makes the same.</summary>
/// <param name="operations">What may be asked for.</param>
/// <param name="known">Values that name something in the store, by the path that they stand behind.</param>
/// <param name="seed">Of the random numbers.</param>
internal sealed partial class RequestMutator(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, IReadOnlyList<string>> known, int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO"];

    /// <summary>Headers that mean something here, with values that are seldom right.</summary>
    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Content-Type", ["application/json; charset=utf-8", "application/json;;", "text/plain", "", "application/json; charset=\"", "multipart/form-data; boundary=x", "application/json; charset=utf-7"]),
        ("Accept", ["*/*", "text/event-stream", "text/html", ";;;", "application/json;q=2", ",,,", "text/event-stream;q=0", "application/json, text/event-stream"]),
        ("Prefer", ["respond-async", "respond-async, wait=0", "wait=-1", "wait=99999999999", "respond-async;;=", "return=minimal", "\"", "respond-async, respond-async"]),
        ("Idempotency-Key", ["a", "a", "b", "", "\"quoted\"", " ", "é", "k,k"]),
        ("Last-Event-ID", ["0", "1", "-1", "999999999999999999999", "x", ""]),
        ("If-Match", ["*", "\"x\"", "W/\"x\"", "x", "\"", ""]),
        ("If-None-Match", ["*", "\"x\"", "W/\"x\"", "x", "\"", ""]),
        ("X-Request-Id", ["a", "0197f3c2-5a10-7c3e-9b1d-2f6a4e8c0b11", "<script>", "", "\t"]),
        ("Authorization", ["Bearer", "Bearer x", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.e30.", ""]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x", "ff-0-0-0"]),
        ("Origin", ["http://localhost", "http://example.com", "null"]),
        ("Mcp-Session-Id", ["x", ""]),
        ("MCP-Protocol-Version", ["2025-06-18", "1999-01-01", ""]),
    ];

    private readonly Random _random = new(seed);
    private JsonMutator? _json;

    /// <summary>The next request, and the operation that it was made of.</summary>
    public (Operation Operation, HttpRequestMessage Request) Next()
    {
        var operation = operations[_random.Next(operations.Count)];

        // One in eight is right as it is: what it leaves behind is what others then meet.
        var isMutated = _random.Next(8) != 0;
        // A GET within a session is a stream that stays open until its client leaves.
        var method = isMutated && _random.Next(40) == 0 && Pick(Methods) is var other && (other != "GET" || operation.Headers.Count == 0) ? other : operation.Method;
        var path = Named(operation.Path, isMutated);
        var request = new HttpRequestMessage(new HttpMethod(method), path + Query(operation, isMutated));
        if (operation.Bodies.Count > 0)
        {
            var valid = Pick(operation.Bodies);
            request.Content = new ByteArrayContent(isMutated && _random.Next(3) > 0 ? (_json ??= new JsonMutator(_random)).Mutate(valid) : Encoding.UTF8.GetBytes(valid));
        }

        AddHeaders(operation, request, isMutated);
        return (operation, request);
    }

    /// <summary>The path with its names filled in from the left: what stands behind a name depends on it.</summary>
    private string Named(string path, bool isMutated)
    {
        for (var match = Name().Match(path); match.Success;)
        {
            var filled = path[..match.Index] + Part(path[..match.Index], isMutated);
            path = filled + path[(match.Index + match.Length)..];
            match = Name().Match(path, filled.Length);
        }

        return path;
    }

    private string Part(string behind, bool isMutated) =>
        known.TryGetValue(behind, out var values) && values.Count > 0 && !(isMutated && _random.Next(3) == 0) ? Uri.EscapeDataString(Pick(values))
            : _random.Next(2) == 0 ? Pick(HostileText.Parts)
            : Uri.EscapeDataString(HostileText.Junk(_random, _random.Next(10) == 0 ? 3_000 : 20));

    private string Query(Operation operation, bool isMutated)
    {
        if (!isMutated || _random.Next(operation.Query.Count > 0 ? 2 : 10) > 0)
        {
            return "";
        }

        var pieces = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => operation.Query.Count > 0 && _random.Next(6) > 0
            ? $"{Pick(operation.Query)}={Pick(HostileText.Parts)}"
            : Pick(HostileText.Parts));
        return "?" + string.Join('&', pieces);
    }

    private void AddHeaders(Operation operation, HttpRequestMessage request, bool isMutated)
    {
        var odd = isMutated && _random.Next(3) == 0 ? Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Headers[_random.Next(Headers.Length)]).ToArray() : [];
        Set(request, "Accept", "application/json, text/event-stream");
        Set(request, "Content-Type", "application/json");
        foreach (var (name, value) in operation.Headers)
        {
            Set(request, name, value);
        }

        foreach (var (name, values) in odd)
        {
            Set(request, name, _random.Next(8) == 0 ? new string((char)_random.Next(32, 127), _random.Next(400)) : Pick(values));
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (name == "Content-Type")
        {
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
            return;
        }

        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
