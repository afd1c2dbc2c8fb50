using System.ComponentModel.DataAnnotations;

namespace Consensus.Scoring.Workers;

/// <summary>How a worker shows that it lives.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The worker's name in Redis; unique for each process when not given.</summary>
    public string Id { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The pause between heart-beats, in seconds.</summary>
    [Range(0.1, 60)]
    public double HeartBeatSeconds { get; set; } = 5;

    /// <summary>Heart-beats that may be missed before the worker counts as gone.</summary>
    [Range(2, 100)]
    public int MissedBeats { get; set; } = 4;

    public TimeSpan HeartBeat => TimeSpan.FromSeconds(HeartBeatSeconds);

    public TimeSpan Expiry => HeartBeat * MissedBeats;
}
