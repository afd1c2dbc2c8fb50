using System.Runtime.CompilerServices;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Runs that outlive their request.</summary>
public sealed partial class ConsensusClient
{
    private const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>How often in a row a broken connection is made anew before <see cref="FollowAsync"/> gives up.</summary>
    private const int MostBreaks = 5;

    private static readonly TimeSpan BreakPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks a panel and waits for the verdict. The same request with the same key begins one run, so it may be sent again after a failure of the connection.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="idempotencyKey">1 to 255 visible ASCII characters; a new one for each question.</param>
    /// <param name="cancellationToken">Ends the wait; the run goes on.</param>
    /// <exception cref="ConsensusApiException">As without a key; <c>idempotency_in_flight</c> while the run of an earlier request is going.</exception>
    public Task<ConsensusResponse> AskAsync(ConsensusRequest request, string idempotencyKey, CancellationToken cancellationToken = default) =>
        SendAsync(Asking(request, idempotencyKey), ConsensusJson.Default.ConsensusResponse, cancellationToken);

    /// <summary>Begins a run and does not wait for it: <see cref="GetRunAsync"/>, <see cref="FollowAsync"/> and <see cref="CancelRunAsync"/> take its id.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="idempotencyKey">As for <see cref="AskAsync(ConsensusRequest, string, CancellationToken)"/>; <c>null</c> for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run as it stands: <c>running</c>, or ended where an earlier request with the same key has begun it.</returns>
    /// <exception cref="ConsensusApiException">The request is refused, runs are not stored, or the API cannot be reached.</exception>
    public Task<ConsensusResponse> BeginAsync(ConsensusRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var message = Asking(request, idempotencyKey);
        message.Headers.Add("Prefer", "respond-async");
        return SendAsync(message, ConsensusJson.Default.ConsensusResponse, cancellationToken);
    }

    /// <summary>Stops a run that is going; what had finished is kept with it.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, it has ended (<c>run_finished</c>), or the API cannot be reached.</exception>
    public Task<ConsensusResponse> CancelRunAsync(Guid runId, CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, $"v1/runs/{runId:D}/cancel"), ConsensusJson.Default.ConsensusResponse, cancellationToken);

    /// <summary>
    /// Gives what happened and happens in a run, from its beginning; an enumeration that ends has had its <see cref="VerdictEvent"/>. A connection that breaks is made
    /// anew and goes on where it broke. Leaving early changes nothing for the run.
    /// </summary>
    /// <exception cref="ConsensusApiException">There is no such run, it failed or was stopped, or the API cannot be reached any more.</exception>
    public async IAsyncEnumerable<RunEvent> FollowAsync(Guid runId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var place = new Place();
        for (var breaks = 0; !place.IsEnd;)
        {
            await using var events = WatchAsync(runId, place, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                ConsensusApiException? broken = null;
                try
                {
                    if (!await events.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (ConsensusApiException failure) when (failure.Problem.Status == 0 && !place.IsEnd && ++breaks <= MostBreaks)
                {
                    broken = failure;
                }

                if (broken is not null)
                {
                    await Task.Delay(BreakPause * breaks, cancellationToken);
                    break;
                }

                breaks = 0;
                place.IsEnd |= events.Current is VerdictEvent;
                yield return events.Current;
            }
        }
    }

    private async IAsyncEnumerable<RunEvent> WatchAsync(Guid runId, Place place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var message = Get($"v1/runs/{runId:D}/events");
        if (place.LastEventId is { } last)
        {
            message.Headers.Add("Last-Event-ID", last);
        }

        using var response = await SendAsync(message, EventStream, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var happened in RunEventStream.ReadAsync(body, response.RequestMessage?.RequestUri, cancellationToken, id => place.LastEventId = id))
        {
            yield return happened;
        }
    }

    private static HttpRequestMessage Asking(ConsensusRequest request, string? idempotencyKey)
    {
        var message = Post("v1/consensus", request, Outgoing.ConsensusRequest);
        if (idempotencyKey is not null)
        {
            message.Headers.Add(IdempotencyHeader, idempotencyKey);
        }

        return message;
    }

    private sealed class Place
    {
        public string? LastEventId { get; set; }

        public bool IsEnd { get; set; }
    }
}
