using Consensus.ApiService.FanOut;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Runs;

/// <summary>A conductor with scripted models, a fake clock and a store that keeps what it is given.</summary>
internal sealed class RunRig
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero));

    public ScriptedModels Models { get; } = new();

    public List<RunRecord> Stored { get; } = [];

    public RunLogOptions Log { get; } = new();

    public FittedHolder Fitted { get; } = new();

    /// <summary>The worst-case price of a call; a cent when not set.</summary>
    public Func<LanguageModels.Calling.ModelCall, decimal?>? WorstCase { get; set; }

    /// <summary>Thrown by the store instead of storing.</summary>
    public Exception? StoreFails { get; set; }

    /// <summary>The tokens that the store was called with.</summary>
    public List<CancellationToken> StoreTokens { get; } = [];

    public Task<ConsensusResponse> ConductAsync(RunPlan plan, IRunWatcher? watch = null, CancellationToken callerGone = default)
    {
        var recorder = new RunRecorder(SaveAsync, Log, "api-1", NullLogger<RunRecorder>.Instance);
        var conductor = new RunConductor(Plans.FanOut(Models, Time, WorstCase), recorder, Fitted, new Lineages(static _ => null), Time, NullLogger<RunConductor>.Instance);
        return Task.Run(() => conductor.ConductAsync(plan, watch, callerGone));
    }

    /// <summary>Conducts a run whose models answer at once; <c>null</c> fails.</summary>
    public Task<ConsensusResponse> ConductAsync(RunPlan plan, params string?[] says)
    {
        for (var i = 0; i < says.Length; i++)
        {
            Models.Instant[$"m{i}"] = says[i] is { } text ? ScriptedModels.Says(text, 0.01m) : ScriptedModels.Fails(FailureReason.Unavailable);
        }

        return Ending.OfAsync(ConductAsync(plan));
    }

    private Task SaveAsync(RunRecord record, CancellationToken cancellationToken)
    {
        StoreTokens.Add(cancellationToken);
        if (StoreFails is { } failure)
        {
            return Task.FromException(failure);
        }

        Stored.Add(record);
        return Task.CompletedTask;
    }
}
