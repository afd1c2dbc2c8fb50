using Consensus.AppHost.Standalone.Manifest;
using Consensus.AppHost.Standalone.Running;

namespace Aspire.Hosting;

/// <summary>The system, ready to run or to be published.</summary>
public sealed class DistributedApplication
{
    private readonly DistributedApplicationBuilder _model;

    internal DistributedApplication(DistributedApplicationBuilder model) => _model = model;

    /// <summary>Begins a system.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        // A setting that cannot be used is said in one line: its stack trace helps nobody.
        AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        {
            if (failure.ExceptionObject is InvalidOperationException error)
            {
                Console.Error.WriteLine(error.Message);
                Environment.Exit(1);
            }
        };
        return new DistributedApplicationBuilder(args);
    }

    /// <summary>Runs the system until it is told to stop, or writes the manifest.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the system until it is told to stop, or writes the manifest.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_model.ExecutionContext.IsPublishMode)
        {
            Environment.ExitCode = ManifestPublisher.Publish(_model);
            return;
        }

        using var signals = new StopSignals(cancellationToken);
        var runner = new Runner(_model, new ConsoleLog(Console.Out));
        Environment.ExitCode = await runner.RunAsync(signals.Stop, signals.Hurry);
    }
}
