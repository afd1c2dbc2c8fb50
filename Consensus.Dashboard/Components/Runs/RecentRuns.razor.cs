using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Microsoft.AspNetCore.Components;

namespace Consensus.Dashboard.Components.Runs;

/// <summary>The latest stored runs, each a way to its verdict.</summary>
public sealed partial class RecentRuns(ConsensusClient api, TimeProvider clock) : IDisposable
{
    private const int PageSize = 8;

    private readonly Stay _stay = new();
    private List<RunSummary> _runs = [];
    private string? _next;
    private ProblemBody? _problem;
    private bool _loading;

    private TimeProvider Clock => clock;

    /// <summary>Looks again, from the newest run on.</summary>
    public Task LoadAsync() => LoadAsync(cursor: null);

    /// <inheritdoc/>
    public void Dispose() => _stay.Dispose();

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    private static string AnswerOf(RunSummary run) => run switch
    {
        { Answer.Length: > 0 } => Words.Answer(run.Answer, 80),
        _ when Words.HasWinner(run.Outcome) => Words.NotStored,
        { Status: RunStatus.Accepted or RunStatus.Running } => "not decided yet",
        _ => "no answer",
    };

    private Task LoadMoreAsync() => LoadAsync(_next);

    private async Task LoadAsync(string? cursor)
    {
        _loading = true;
        StateHasChanged();
        try
        {
            var page = await api.ListRunsAsync(new RunQuery { Limit = PageSize, Cursor = cursor }, _stay.Ended);
            _runs = cursor is null ? [.. page.Items] : [.. _runs, .. page.Items];
            (_next, _problem) = (page.Next, null);
        }
        catch (ConsensusApiException failure)
        {
            _problem = failure.Problem;
        }
        catch (OperationCanceledException) when (_stay.IsOver)
        {
            return;
        }

        _loading = false;
        StateHasChanged();
    }
}
