using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Dashboard.Components;
using Microsoft.AspNetCore.Components;

namespace Consensus.Dashboard.Pages;

/// <summary>A run as it was stored.</summary>
public sealed partial class StoredRun(ConsensusClient api) : IDisposable
{
    private readonly Stay _stay = new();
    private ConsensusResponse? _run;
    private ProblemBody? _problem;

    /// <summary>The run's id.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _stay.Dispose();

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _run?.RunId == Id ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        (_run, _problem) = (null, null);
        try
        {
            _run = await api.GetRunAsync(Id, _stay.Ended);
        }
        catch (ConsensusApiException failure)
        {
            _problem = failure.Problem;
        }
        catch (OperationCanceledException) when (_stay.IsOver)
        {
            // The reader has gone on.
        }
    }
}
