using System.Runtime.InteropServices;

namespace Consensus.AppHost.Standalone.Running;

/// <summary>Ctrl-C and its kin ask the system to stop; a second Ctrl-C asks it not to wait for anybody.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(CancellationToken outer)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Hurry => _hurry.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
        _hurry.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;

        // Only people repeat themselves on purpose: a SIGTERM may come from a process group and from `dotnet run` at once.
        if (_stop.IsCancellationRequested && context.Signal == PosixSignal.SIGINT)
        {
            _hurry.Cancel();
        }
        else
        {
            _stop.Cancel();
        }
    }
}
