using System.Threading.Channels;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Embedding;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.ApiService.Evidence.Embedding;

/// <summary>
/// Gives passages that have none the vectors of the configured model, a call at a time, in the one process whose turn it is. What was done stays done when the
/// process ends; a provider that fails is left alone for longer and longer.
/// </summary>
internal sealed partial class PassageEmbedding(
    EvidenceStore store, EmbeddingSettings settings, TextEmbedders embedders, EmbeddingGate gate, KeyCharge charge, TimeProvider time,
    ILogger<PassageEmbedding> logger) : HostedLoop
{
    /// <summary>How long one call may take; the provider's time-out holds as well.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a process that has ended without saying so keeps the others waiting.</summary>
    private static readonly TimeSpan Lease = CallTime + TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(15);

    private readonly Channel<bool> _added = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private long? _counted;
    private long _waiting;

    /// <summary>How many passages have no vectors yet, as last counted; 0 without a model.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>A document was added here: it is not waited with.</summary>
    public void Wake() => _added.Writer.TryWrite(true);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (settings.Asked is not { } asked || !store.IsEnabled)
        {
            return;
        }

        EmbeddingMetrics.Watch(this);
        using var embedder = embedders.Create(asked);
        try
        {
            for (var failures = 0; !stoppingToken.IsCancellationRequested;)
            {
                var step = await TryStepAsync(embedder, stoppingToken);
                failures = step == Step.Failed ? failures + 1 : 0;
                if (step == Step.Failed)
                {
                    await Task.Delay(PauseAfter(failures, Random.Shared.NextDouble()), time, stoppingToken);
                }
                else if (step == Step.Idle)
                {
                    await IdleAsync(stoppingToken);
                }
            }
        }
        finally
        {
            EmbeddingMetrics.Leave(this);
            await EndTurnAsync();
        }
    }

    /// <summary>How long a provider is left alone that has failed some times in a row: a second and twice as long each time, up to five minutes.</summary>
    internal static TimeSpan PauseAfter(int failures, double random)
    {
        var mean = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        return (mean < LongestPause ? mean : LongestPause) * (0.75 + (random / 2));
    }

    private async Task<Step> TryStepAsync(TextEmbedder embedder, CancellationToken stoppingToken)
    {
        try
        {
            return await StepAsync(embedder, stoppingToken);
        }
        catch (Exception fault) when (fault is EvidenceUnavailableException or EvidenceVersionException or EvidenceShapeException)
        {
            LogNotStored(fault.Message);
            return Step.Failed;
        }
    }

    private async Task<Step> StepAsync(TextEmbedder embedder, CancellationToken stoppingToken)
    {
        await CountAsync(stoppingToken);
        if (!gate.AllowsPassages(settings.Asked!.Id))
        {
            return Step.Idle;
        }

        var turn = await store.TakeEmbeddingTurnAsync(settings.Space!, settings.BatchSize, _holder, Lease, stoppingToken);
        if (turn.Tasks.Count == 0)
        {
            return Step.Idle;
        }

        (string Text, string? KeyId)[] texts = [.. turn.Tasks.SelectMany(task => task.Texts.Select(text => (gate.Sent(text), task.KeyId)))];
        var reply = await AskAsync(embedder, texts, stoppingToken);
        var vectors = reply.Vectors ?? (IsOfTexts(reply.Failure) ? await OneByOneAsync(embedder, texts, stoppingToken) : null);
        if (vectors is null)
        {
            EmbeddingMetrics.Failed(reply.Failure!.Value);
            return Step.Failed;
        }

        var saved = await store.SaveVectorsAsync(turn.Tasks, settings.Space!, vectors, stoppingToken);
        EmbeddingMetrics.Embedded(saved);
        Interlocked.Add(ref _waiting, -Math.Min(saved, Waiting));
        return Step.Done;
    }

    /// <summary>
    /// A provider that refuses some texts may take others: each by itself, once it has shown that it takes any. One that it refuses gets a vector that is
    /// similar to nothing, so that the others are not kept waiting by it for ever.
    /// </summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<float>>?> OneByOneAsync(
        TextEmbedder embedder, (string Text, string? KeyId)[] texts, CancellationToken stoppingToken)
    {
        if ((await AskAsync(embedder, [("passage", texts[0].KeyId)], stoppingToken)).Vectors is not [var any])
        {
            return null;
        }

        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var text in texts)
        {
            var reply = await AskAsync(embedder, [text], stoppingToken);
            if (reply.Vectors is not [var vector])
            {
                if (!IsOfTexts(reply.Failure))
                {
                    return null;
                }

                EmbeddingMetrics.Refused();
                vector = new float[any.Length];
            }

            vectors.Add(vector);
        }

        return vectors;
    }

    /// <summary>Embeds texts. The cost counts for each key by the length of its texts.</summary>
    private async Task<EmbeddingReply> AskAsync(TextEmbedder embedder, (string Text, string? KeyId)[] texts, CancellationToken stoppingToken)
    {
        var reply = await embedder.EmbedAsync([.. texts.Select(static text => text.Text)], CallTime, stoppingToken);
        stoppingToken.ThrowIfCancellationRequested();
        var characters = texts.Sum(static text => text.Text.Length);
        foreach (var key in texts.GroupBy(static text => text.KeyId))
        {
            await charge.AddAsync(key.Key, reply.CostUsd * key.Sum(static text => text.Text.Length) / characters);
        }

        return reply;
    }

    /// <summary>Whether a failure may be one of what was sent.</summary>
    private static bool IsOfTexts(FailureReason? failure) => failure is FailureReason.Refused or FailureReason.Rejected or FailureReason.Malformed;

    private async Task CountAsync(CancellationToken stoppingToken)
    {
        if (_counted is not { } last || time.GetElapsedTime(last) >= CountEvery)
        {
            Interlocked.Exchange(ref _waiting, await store.CountToEmbedAsync(settings.Space!, stoppingToken));
            _counted = time.GetTimestamp();
        }
    }

    /// <summary>Until a document is added here, or it is time to look whether one was elsewhere.</summary>
    private async Task IdleAsync(CancellationToken stoppingToken)
    {
        using var pause = new CancellationTokenSource(Poll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stoppingToken);
        try
        {
            await _added.Reader.ReadAsync(either.Token);
            _counted = null;
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time to look.
        }
    }

    private async Task EndTurnAsync()
    {
        try
        {
            await store.EndEmbeddingTurnAsync(_holder, CancellationToken.None);
        }
        catch (Exception fault) when (fault is EvidenceUnavailableException or ObjectDisposedException)
        {
            // It ends by itself.
        }
    }

    private enum Step
    {
        Done,
        Idle,
        Failed,
    }

    [LoggerMessage(LogLevel.Warning, "Passages cannot be embedded now: {Reason}")]
    private partial void LogNotStored(string reason);
}
