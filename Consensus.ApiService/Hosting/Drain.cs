using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Hosting;

/// <summary>
/// The way this service stops: it takes nothing new (503 <c>draining</c>, while <c>/ready</c> says so too), finishes what it has begun, and only then closes its
/// listeners. The host's shutdown time-out bounds the wait.
/// </summary>
internal sealed partial class Drain : IHostedLifecycleService, IEndpointFilter, IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _stopping;
    private readonly ILogger<Drain> _logger;
    private int _going;
    private bool _isDraining;

    public Drain(IHostApplicationLifetime lifetime, ILogger<Drain> logger)
    {
        _logger = logger;
        _stopping = lifetime.ApplicationStopping.Register(Begin);
    }

    /// <summary>Whether the service is stopping.</summary>
    public bool IsDraining
    {
        get
        {
            lock (_lock)
            {
                return _isDraining;
            }
        }
    }

    /// <summary>How many requests, and runs that outlive theirs, have begun and not ended.</summary>
    public int Going
    {
        get
        {
            lock (_lock)
            {
                return _going;
            }
        }
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        lock (_lock)
        {
            if (_isDraining)
            {
                return new Problem(ErrorCatalog.Draining);
            }

            _going++;
        }

        try
        {
            // The result is executed here, inside of what is counted: a filter's result would be written after it.
            var result = await next(context);
            await ((IResult)result!).ExecuteAsync(context.HttpContext);
            return Results.Empty;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Counts work that outlives the request that began it. To be called within such a request.</summary>
    /// <returns>To be disposed of when the work has ended.</returns>
    public IDisposable Hold()
    {
        lock (_lock)
        {
            _going++;
        }

        return new Held(this);
    }

    /// <summary>Counts a request that this filter does not see.</summary>
    /// <returns>To be disposed of when it has ended; <c>null</c> where nothing new is taken.</returns>
    public IDisposable? TryHold()
    {
        lock (_lock)
        {
            if (_isDraining)
            {
                return null;
            }

            _going++;
        }

        return new Held(this);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begin();
        try
        {
            await _empty.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCutOff(Going);
        }
    }

    public void Dispose() => _stopping.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Begin()
    {
        lock (_lock)
        {
            if (!_isDraining && _going > 0)
            {
                LogDraining(_going);
            }

            _isDraining = true;
            if (_going == 0)
            {
                _empty.TrySetResult();
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_going == 0 && _isDraining)
            {
                _empty.TrySetResult();
            }
        }
    }

    private sealed class Held(Drain drain) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                drain.Leave();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Stopping: finishing {Count} runs, taking nothing new")]
    private partial void LogDraining(int count);

    [LoggerMessage(LogLevel.Warning, "Stopping: the time is over, {Count} runs are cut off")]
    private partial void LogCutOff(int count);
}

/// <summary>Registers the way this service stops.</summary>
internal static class Draining
{
    /// <summary>Time to finish a run of the default deadline and to store it; <c>ShutdownTimeoutSeconds</c> overrides.</summary>
    private const int DefaultSeconds = (Contracts.Limits.DefaultDeadlineMs / 1000) + 15;

    public static WebApplicationBuilder AddDraining(this WebApplicationBuilder builder)
    {
        var seconds = builder.Configuration.GetValue("ShutdownTimeoutSeconds", DefaultSeconds);
        builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(seconds));
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        return builder;
    }
}
