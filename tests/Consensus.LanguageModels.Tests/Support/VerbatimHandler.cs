using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>Keeps every request as it would have gone over the wire and answers with what the test says.</summary>
internal sealed class VerbatimHandler : HttpMessageHandler
{
    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    /// <summary>Answers the n-th request, counted from 1.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Task.FromResult(Json(Bodies.OpenAi("ok")));

    public static VerbatimHandler Answering(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new() { Answer = (_, _) => Task.FromResult(Json(json, status)) };

    public static VerbatimHandler Answering(Func<int, HttpResponseMessage> answer) => new() { Answer = (n, _) => Task.FromResult(answer(n)) };

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
            response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(retryAfter);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new SentRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, body));
        var response = await Answer(Requests.Count, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}

internal sealed record SentRequest(string Method, string Address, IReadOnlyDictionary<string, string> Headers, string Body);
