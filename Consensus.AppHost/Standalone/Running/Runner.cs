namespace Consensus.AppHost.Standalone.Running;

/// <summary>Runs the system: every service as a child process, in the order of their dependencies, until it is told to stop.</summary>
internal sealed class Runner(DistributedApplicationBuilder model, ConsoleLog log)
{
    // A little more than services take for what they have begun.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <param name="stop">Ends the services in good order.</param>
    /// <param name="hurry">Ends them at once.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken hurry)
    {
        var projects = model.Resources.OfType<ProjectResource>().ToArray();
        var problems = PortAllocation.Allocate(projects);
        foreach (var problem in problems)
        {
            log.Say(problem);
        }

        if (problems.Count > 0)
        {
            return 1;
        }

        using var health = new Health();
        var services = projects.ToDictionary(IResource (project) => project, project => new Service(project, model.ExecutionContext, health, log));
        try
        {
            return await RunAsync(services, stop, hurry);
        }
        finally
        {
            foreach (var service in services.Values)
            {
                service.Dispose();
            }
        }
    }

    private async Task<int> RunAsync(Dictionary<IResource, Service> services, CancellationToken stop, CancellationToken hurry)
    {
        var lives = Task.WhenAll(services.Values.Select(service => service.LiveAsync(services, stop)));
        var told = SayWhenUpAsync(services.Values);
        var stopped = new TaskCompletionSource();
        await using var _ = stop.Register(stopped.SetResult);
        if (await Task.WhenAny(lives, stopped.Task) == lives && !stop.IsCancellationRequested)
        {
            await lives;
            log.Say("No service is running any more.");
            return 1;
        }

        log.Say("Stopping.");
        foreach (var service in services.Values)
        {
            service.Process?.AskToStop();
        }

        await EndAsync(services.Values, lives, hurry);
        await told;
        log.Say("Stopped.");
        return 0;
    }

    private async Task EndAsync(IEnumerable<Service> services, Task lives, CancellationToken hurry)
    {
        try
        {
            await lives.WaitAsync(s_patience, hurry);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            foreach (var service in services.Where(service => service.Process is { Exited.IsCompleted: false }))
            {
                log.Say($"{service.Project.Name} did not stop in time and is killed.");
                service.Process!.Kill();
            }

            await lives;
        }
    }

    private async Task SayWhenUpAsync(IEnumerable<Service> services)
    {
        if ((await Task.WhenAll(services.Select(service => service.Healthy))).All(healthy => healthy))
        {
            log.Say("Everything is up. Ctrl-C stops it.");
        }
    }
}
