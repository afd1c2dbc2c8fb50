using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Reads a run's server-sent events. Events of names that this version does not know are passed over.</summary>
internal static class RunEventStream
{
    private sealed record Done : RunEvent;

    private sealed record Unknown : RunEvent;

    private sealed record Failed(ConsensusApiException Failure) : RunEvent;

    public static async IAsyncEnumerable<RunEvent> ReadAsync(
        Stream body, Uri? address, [EnumeratorCancellation] CancellationToken cancellationToken, Action<string>? seen = null)
    {
        await using var events = SseParser.Create(body, Parse).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var decided = false;
        while (await NextAsync(events, address, seen, cancellationToken) is var happened)
        {
            switch (happened)
            {
                case null: throw ClientFailure.CutShort(address);
                case Failed failed: throw failed.Failure;
                case Done when decided: yield break;
                case Done: throw ClientFailure.Undecided(address);
                case Unknown: break;
                default:
                    decided |= happened is VerdictEvent;
                    yield return happened;
                    break;
            }
        }
    }

    private static async ValueTask<RunEvent?> NextAsync(
        IAsyncEnumerator<SseItem<RunEvent>> events, Uri? address, Action<string>? seen, CancellationToken cancellationToken)
    {
        try
        {
            if (!await events.MoveNextAsync())
            {
                return null;
            }

            if (events.Current.EventId is { Length: > 0 } id)
            {
                seen?.Invoke(id);
            }

            return events.Current.Data;
        }
        catch (Exception e) when (ClientFailure.IsFailure(e, cancellationToken))
        {
            throw ClientFailure.From(e, address);
        }
    }

    private static RunEvent Parse(string name, ReadOnlySpan<byte> data) => name switch
    {
        RunEventNames.Run => new RunStartedEvent(Read(data, ConsensusJson.Default.RunStarted)),
        RunEventNames.Candidate => new CandidateEvent(Read(data, ConsensusJson.Default.CandidateBody)),
        RunEventNames.Cluster => new ClustersEvent(Read(data, ConsensusJson.Default.ClustersSoFar)),
        RunEventNames.Step => new StepEvent(Read(data, ConsensusJson.Default.StepBody)),
        RunEventNames.Verdict => new VerdictEvent(Read(data, ConsensusJson.Default.ConsensusResponse)),
        RunEventNames.Error => new Failed(new ConsensusApiException(Read(data, ConsensusJson.Default.ProblemBody))),
        RunEventNames.Done => new Done(),
        _ => new Unknown(),
    };

    private static T Read<T>(ReadOnlySpan<byte> data, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(data, type) ?? throw new JsonException("An event's data is null.");
}
