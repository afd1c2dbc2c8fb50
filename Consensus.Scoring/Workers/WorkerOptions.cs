using System.ComponentModel.DataAnnotations;

namespace Consensus.Scoring.Workers;

/// <summary>How a worker shows that it lives, and how much it takes on: the section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The worker's name in Redis; unique for each process when not given.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,100}")]
    public string Id { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The pause between heart-beats, in seconds.</summary>
    [Range(0.1, 60)]
    public double HeartBeatSeconds { get; set; } = 5;

    /// <summary>Heart-beats that may be missed before the worker counts as gone.</summary>
    [Range(2, 100)]
    public int MissedBeats { get; set; } = 4;

    /// <summary>Jobs that are judged at once.</summary>
    [Range(1, 256)]
    public int Jobs { get; set; } = 4;

    /// <summary>The pause between looks at an empty queue, in seconds, when no word of a new job comes.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; set; } = 2;

    /// <summary>How long the jobs that are being judged may take to finish when the worker stops, in seconds; then they are given back.</summary>
    [Range(0, 3600)]
    public double StopSeconds { get; set; } = 8;

    public TimeSpan HeartBeat => TimeSpan.FromSeconds(HeartBeatSeconds);

    public TimeSpan Expiry => HeartBeat * MissedBeats;

    public TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds);

    public TimeSpan Stop => TimeSpan.FromSeconds(StopSeconds);
}
