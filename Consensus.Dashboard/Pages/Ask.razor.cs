using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Text;
using Consensus.Dashboard.Components;
using Consensus.Dashboard.Components.Asking;
using Consensus.Dashboard.Components.Runs;
using Microsoft.JSInterop;

namespace Consensus.Dashboard.Pages;

/// <summary>A question, its candidates as they arrive, its verdict, and the runs before it.</summary>
public sealed partial class Ask(ConsensusClient api, IJSRuntime browser) : IDisposable
{
    private readonly Stay _stay = new();
    private readonly AskInput _input = new();
    private RecentRuns? _recent;
    private Offer? _offer;
    private ProblemBody? _problem;
    private AskSession? _session;

    // What a screen reader says when the run ends.
    private string Announcement => _session?.Progress.Verdict switch
    {
        { Answer: { } answer, Outcome: { } outcome } => $"{Words.Capital(Words.Of(outcome))}: {VisibleText.Line(answer.Text, 200)}",
        { Outcome: { } outcome } => Words.Capital(Words.Of(outcome)),
        _ => "",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _stay.Dispose();
        _session?.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _problem = null;
        try
        {
            var models = api.ListModelsAsync(_stay.Ended);
            var strategies = api.ListStrategiesAsync(_stay.Ended);
            await Task.WhenAll(models, strategies);
            _input.StartWith(await models);
            _offer = new Offer(await models, await strategies);
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

    private async Task RetryAsync()
    {
        await LoadAsync();
        if (_offer is not null && _recent is not null && !_stay.IsOver)
        {
            await _recent.LoadAsync();
        }
    }

    private async Task AskAsync(ConsensusRequest request)
    {
        _session?.Dispose();
        var session = _session = new AskSession(api);
        var following = session.FollowAsync(request, StateHasChanged);
        try
        {
            await browser.InvokeVoidAsync("consensusPage.reveal", _stay.Ended, "result");
        }
        catch (Exception left) when (left is OperationCanceledException or JSDisconnectedException && _stay.IsOver)
        {
            // The run below ends with it.
        }

        await following;
        if (_recent is not null && !_stay.IsOver)
        {
            await _recent.LoadAsync();
        }
    }

    private void Cancel() => _session?.Cancel();
}
