using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Models;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>
/// The API as methods. Every failure is a <see cref="ConsensusApiException"/>; a caller's own cancellation stays an
/// <see cref="OperationCanceledException"/>. Nothing is retried: asking twice may be billed twice.
/// </summary>
/// <remarks>
/// The <see cref="HttpClient"/> brings the address (a path in it must end with a slash) and the time limit. <see cref="HttpClient.Timeout"/>
/// must lie above the longest deadline asked for: a run takes up to <see cref="ConsensusRequest.DeadlineMs"/>. Safe for concurrent use.
/// </remarks>
public sealed partial class ConsensusClient
{
    private static readonly ConsensusJson Outgoing = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    });

    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _key;

    /// <summary>A client over <paramref name="http"/>, which stays the caller's to dispose.</summary>
    /// <param name="http">Has the API's address as its <see cref="HttpClient.BaseAddress"/>.</param>
    /// <param name="apiKey">Sent as <c>Authorization: Bearer</c>; blank when the API has no keys.</param>
    /// <param name="deprecated">Told, once for each notice, that what was called is deprecated; on the thread of the call.</param>
    /// <exception cref="ArgumentException">The key has characters that no header can carry.</exception>
    public ConsensusClient(HttpClient http, string? apiKey = null, Action<DeprecationNotice>? deprecated = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        (_http, _deprecated) = (http, deprecated);
        if (!string.IsNullOrWhiteSpace(apiKey))
        {
            var key = apiKey.Trim();
            if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                throw new ArgumentException("A key has visible ASCII characters only.", nameof(apiKey));
            }

            _key = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>Asks a panel and waits for the verdict.</summary>
    /// <exception cref="ConsensusApiException">The request is refused, no model answered, or the API cannot be reached.</exception>
    public Task<ConsensusResponse> AskAsync(ConsensusRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/consensus", request, Outgoing.ConsensusRequest), ConsensusJson.Default.ConsensusResponse, cancellationToken);

    /// <summary>
    /// Asks a panel and gives what happens as it happens; an enumeration that ends has had its <see cref="VerdictEvent"/>.
    /// Leaving it early closes the connection, which cancels the run.
    /// </summary>
    /// <exception cref="ConsensusApiException">As <see cref="AskAsync(ConsensusRequest, CancellationToken)"/>, also in mid-stream when the run fails or the connection breaks.</exception>
    public async IAsyncEnumerable<RunEvent> StreamAsync(ConsensusRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(Post("v1/consensus", request, Outgoing.ConsensusRequest), EventStream, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != EventStream.MediaType)
        {
            throw ClientFailure.Unexpected(response, $"A stream of events was asked for; {response.Content.Headers.ContentType?.MediaType ?? "nothing"} came.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var happened in RunEventStream.ReadAsync(body, response.RequestMessage?.RequestUri, cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>Decides over answers the caller already has; no model is called.</summary>
    /// <exception cref="ConsensusApiException">The request is refused, or the API cannot be reached.</exception>
    public Task<ConsensusResponse> AggregateAsync(AggregateRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/consensus/aggregate", request, Outgoing.AggregateRequest), ConsensusJson.Default.ConsensusResponse, cancellationToken);

    /// <summary>A stored run.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, or the API cannot be reached.</exception>
    public Task<ConsensusResponse> GetRunAsync(Guid runId, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/runs/{runId:D}"), ConsensusJson.Default.ConsensusResponse, cancellationToken);

    /// <summary>A page of stored runs, newest first.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<Page<RunSummary>> ListRunsAsync(RunQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/runs" + query?.ToQueryString()), ConsensusJson.Default.PageRunSummary, cancellationToken);

    /// <summary>Erases a stored run.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, it is still going, or the API cannot be reached.</exception>
    public async Task DeleteRunAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v1/runs/{runId:D}"), Json, cancellationToken);
    }

    /// <summary>Says what was right of a stored run; the last label holds.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, it is still going, the label is refused, or the API cannot be reached.</exception>
    public Task<LabelBody> LabelRunAsync(Guid runId, LabelRequest label, CancellationToken cancellationToken = default) =>
        SendAsync(Post($"v1/runs/{runId:D}/label", label, Outgoing.LabelRequest), ConsensusJson.Default.LabelBody, cancellationToken);

    /// <summary>The models and panels that can be asked.</summary>
    /// <exception cref="ConsensusApiException">The API cannot be reached, or refuses the key.</exception>
    public Task<ModelList> ListModelsAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/models"), ConsensusJson.Default.ModelList, cancellationToken);

    /// <summary>The decision strategies.</summary>
    /// <exception cref="ConsensusApiException">The API cannot be reached, or refuses the key.</exception>
    public Task<StrategyList> ListStrategiesAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/strategies"), ConsensusJson.Default.StrategyList, cancellationToken);

    /// <summary>The fitted document in force.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>not_fitted</c>), or the API cannot be reached.</exception>
    public Task<FittedDocument> GetCalibrationAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/calibration"), ConsensusJson.Default.FittedDocument, cancellationToken);

    /// <summary>Puts a fitted document in force.</summary>
    /// <exception cref="ConsensusApiException">The document or the key is refused, it cannot be stored, or the API cannot be reached.</exception>
    public Task<FittedReceipt> PutCalibrationAsync(FittedDocument document, CancellationToken cancellationToken = default) =>
        SendAsync(Put("v1/calibration", document, ConsensusJson.Default.FittedDocument), ConsensusJson.Default.FittedReceipt, cancellationToken);

    /// <summary>How often the models of each panel are right, by the fitted document in force.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>not_fitted</c>), or the API cannot be reached.</exception>
    public Task<ReliabilityList> GetReliabilityAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/reliability"), ConsensusJson.Default.ReliabilityList, cancellationToken);

    /// <summary>A page of what was fitted to labels, newest first, without the documents.</summary>
    /// <param name="cursor">The end of an earlier page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ConsensusApiException">The run log is off, or the API cannot be reached.</exception>
    public Task<Page<CalibrationProposal>> ListProposalsAsync(string? cursor = null, CancellationToken cancellationToken = default) => SendAsync(
        Get("v1/calibration/proposals" + (cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}")), ConsensusJson.Default.PageCalibrationProposal, cancellationToken);

    /// <summary>A proposal with its document.</summary>
    /// <exception cref="ConsensusApiException">There is no such proposal, or the API cannot be reached.</exception>
    public Task<CalibrationProposal> GetProposalAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/calibration/proposals/{id:D}"), ConsensusJson.Default.CalibrationProposal, cancellationToken);

    /// <summary>Fits what has been labelled, and puts it in force where it gains.</summary>
    /// <exception cref="ConsensusApiException">The key is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<RefitReceipt> RefitAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/calibration/refit"), ConsensusJson.Default.RefitReceipt, cancellationToken);

    /// <summary>Publishes a result of a benchmark; the same content again changes nothing.</summary>
    /// <exception cref="ConsensusApiException">The result or the key is refused, it cannot be stored, or the API cannot be reached.</exception>
    public Task<BenchmarkReceipt> PublishBenchmarkAsync(BenchmarkResult result, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/benchmarks", result, ConsensusJson.Default.BenchmarkResult), ConsensusJson.Default.BenchmarkReceipt, cancellationToken);

    /// <summary>Publishes results of benchmarks, all or none.</summary>
    /// <exception cref="ConsensusApiException">A result or the key is refused, the list is empty, they cannot be stored, or the API cannot be reached.</exception>
    public Task<BenchmarkReceipt> PublishBenchmarksAsync(IReadOnlyList<BenchmarkResult> results, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/benchmarks", results, ConsensusJson.Default.IReadOnlyListBenchmarkResult), ConsensusJson.Default.BenchmarkReceipt, cancellationToken);

    /// <summary>A page of published results without their questions, newest first.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<Page<StoredBenchmark>> ListBenchmarksAsync(BenchmarkQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/benchmarks" + query?.ToQueryString()), ConsensusJson.Default.PageStoredBenchmark, cancellationToken);

    /// <summary>A published result, whole.</summary>
    /// <exception cref="ConsensusApiException">There is no such result, or the API cannot be reached.</exception>
    public Task<StoredBenchmark> GetBenchmarkAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/benchmarks/{id:D}"), ConsensusJson.Default.StoredBenchmark, cancellationToken);

    /// <summary>Whether the API takes requests; not being ready is an answer, not a failure.</summary>
    /// <exception cref="ConsensusApiException">The API cannot be reached, or something else stands at its address.</exception>
    public async Task<Readiness> GetReadinessAsync(CancellationToken cancellationToken = default)
    {
        using var response = await ExchangeAsync(Get("ready"), Json, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
        {
            throw await ClientFailure.FromAsync(response, cancellationToken);
        }

        return new Readiness(response.StatusCode is HttpStatusCode.OK, Readiness.StatusIn(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> type) => Carry(HttpMethod.Post, path, body, type);

    private static HttpRequestMessage Put<T>(string path, T body, JsonTypeInfo<T> type) => Carry(HttpMethod.Put, path, body, type);

    private static HttpRequestMessage Carry<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) => new(method, path)
    {
        // Bytes rather than a stream: the length is then in the header, and a body over the cap is refused before it is sent.
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new("application/json") } },
    };

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, Json, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            throw ClientFailure.From(e, response.RequestMessage?.RequestUri);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, MediaTypeWithQualityHeaderValue accept, CancellationToken cancellationToken)
    {
        var response = await ExchangeAsync(request, accept, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ClientFailure.FromAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpRequestMessage request, MediaTypeWithQualityHeaderValue accept, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Accept.Add(accept);
            request.Headers.Authorization = _key;
            HttpResponseMessage response;
            try
            {
                // A stream is read as it comes; anything else whole, so that the client's time limit covers the body too.
                var until = accept == EventStream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
                response = await _http.SendAsync(request, until, cancellationToken);
            }
            catch (Exception e) when (ClientFailure.IsFailure(e, cancellationToken))
            {
                throw ClientFailure.From(e, Address(request));
            }

            Tell(response);
            return response;
        }
    }

    private Uri? Address(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: false } path && _http.BaseAddress is { } home ? new Uri(home, path) : request.RequestUri;
}
