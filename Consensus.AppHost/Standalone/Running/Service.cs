namespace Consensus.AppHost.Standalone.Running;

/// <summary>The life of one service: wait for others, start, become healthy, end.</summary>
internal sealed class Service(ProjectResource project, DistributedApplicationExecutionContext context, Health health, ConsoleLog log) : IDisposable
{
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<bool> _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProjectResource Project => project;

    public ServiceProcess? Process { get; private set; }

    /// <summary>True when it is healthy, false when that will never be.</summary>
    public Task<bool> Healthy => _healthy.Task;

    /// <summary>Comes back when the service has ended, or will never start.</summary>
    public async Task LiveAsync(IReadOnlyDictionary<IResource, Service> others, CancellationToken stop)
    {
        try
        {
            foreach (var dependency in project.WaitsFor.Where(others.ContainsKey))
            {
                if (!await others[dependency].Healthy.WaitAsync(stop))
                {
                    log.Say($"{project.Name} is not started: {dependency.Name}, for which it waits, is not running.");
                    return;
                }
            }

            stop.ThrowIfCancellationRequested();
            Process = ServiceProcess.Start(project, context, log);
            log.Say($"{project.Name} started (pid {Process.Id})");
            await BecomeHealthyAsync(Process, stop);
            var code = await Process.Exited;
            if (!stop.IsCancellationRequested)
            {
                log.Say($"{project.Name} ended unexpectedly with exit code {code}; the rest keeps running.");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The word to stop went to the processes of that moment; this one may have started just after.
            Process?.AskToStop();
            await (Process?.Exited ?? Task.FromResult(0));
        }
        catch (InvalidOperationException error)
        {
            log.Say($"{project.Name} cannot start: {error.Message}.");
        }
        finally
        {
            _healthy.TrySetResult(false);
        }
    }

    public void Dispose() => Process?.Dispose();

    private async Task BecomeHealthyAsync(ServiceProcess process, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var waiting = health.WaitAsync(project, ended.Token);
        var slow = Task.Delay(s_slow, ended.Token);
        if (await Task.WhenAny(waiting, process.Exited, slow) == slow && !stop.IsCancellationRequested)
        {
            log.Say($"{project.Name} is not healthy yet: {project.Http.Url}{project.HealthPath} does not answer 200.");
            await Task.WhenAny(waiting, process.Exited);
        }

        if (waiting.IsCompletedSuccessfully)
        {
            _healthy.TrySetResult(true);
            ShowAddresses();
        }

        await ended.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private void ShowAddresses()
    {
        log.Address(project.Name, project.Http.Url);
        foreach (var callback in project.Urls)
        {
            var link = new ResourceUrlAnnotation { Url = project.Http.Url };
            callback(link);
            log.Address(link.DisplayText ?? project.Name, link.Url.StartsWith('/') ? $"{project.Http.Url}{link.Url}" : link.Url);
        }
    }
}
