namespace Consensus.AppHost.Standalone.Running;

/// <summary>Asks services whether they are healthy.</summary>
internal sealed class Health : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = s_patience };

    /// <summary>Comes back when the service answers 200, and never else unless it is cancelled.</summary>
    public async Task WaitAsync(ProjectResource project, CancellationToken cancel)
    {
        if (project.HealthPath is not { } path)
        {
            return;
        }

        var probe = new Uri($"{project.Http.Url}{path}");
        while (!await AnswersAsync(probe, cancel))
        {
            await Task.Delay(s_pause, cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AnswersAsync(Uri probe, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.GetAsync(probe, cancel);
            return answer.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
