namespace Consensus.Storage.Runs;

/// <summary>How much of a run's content is stored.</summary>
public enum RunContent
{
    /// <summary>No prompt, answer or text of any kind.</summary>
    None,

    /// <summary>Texts with personal data and secrets replaced.</summary>
    Redacted,

    /// <summary>Texts as they are.</summary>
    Full,
}

/// <summary>The section <c>RunLog</c>.</summary>
public sealed class RunLogOptions
{
    /// <summary>Whether runs are stored at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether a run that cannot be stored fails (503); otherwise it is answered and a warning logged.</summary>
    public bool Required { get; set; } = true;

    /// <summary>How much content is stored.</summary>
    public RunContent Content { get; set; } = RunContent.Redacted;

    /// <summary>Whether every commit is forced to the disk (<c>synchronous=FULL</c>); otherwise a power cut may lose the last moments, a crash of the process never does.</summary>
    public bool FullSync { get; set; }

    /// <summary>The name of this process in the log; by default the machine's, and in a shared log one of its own.</summary>
    public string? Instance { get; set; }

    /// <summary>In a shared log, how long a process counts as alive after it said so: then the others mark its unfinished runs as interrupted. 5 seconds to 1 hour.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>In a shared log, how often a process looks for policies, configurations and calibrations that came in force over another. 0.1 seconds to 1 hour.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(5);
}
