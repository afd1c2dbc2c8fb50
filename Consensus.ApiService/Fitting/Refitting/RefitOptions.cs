using Consensus.Core.Fitting;

namespace Consensus.ApiService.Fitting.Refitting;

/// <summary>The section <c>Fitting:Refit</c>: learning from labels that come with use.</summary>
internal sealed class RefitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Fitting:Refit";

    /// <summary>Whether labels are fitted anew by themselves. Whoever may label can then sway what decides: switch it on where every such key is trusted.</summary>
    public bool Enabled { get; set; }

    /// <summary>How often it is looked for new labels.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many labels must have come since the last proposal.</summary>
    public int LeastNew { get; set; } = 50;

    /// <summary>How many labelled runs a panel needs, at least <see cref="StrategyCalibration.LeastQuestions"/>.</summary>
    public int LeastQuestions { get; set; } = 200;

    /// <summary>How old a label may be.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Every violation, or nothing.</summary>
    public IEnumerable<string> Violations()
    {
        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromDays(31))
        {
            yield return $"{Section}:Every is {Every}; it takes 00:00:01 to 31.00:00:00.";
        }

        if (LeastNew < 1)
        {
            yield return $"{Section}:LeastNew is {LeastNew}; it takes 1 or more.";
        }

        if (LeastQuestions < StrategyCalibration.LeastQuestions)
        {
            yield return $"{Section}:LeastQuestions is {LeastQuestions}; it takes {StrategyCalibration.LeastQuestions} or more.";
        }

        if (Window < TimeSpan.FromHours(1) || Window > TimeSpan.FromDays(3650))
        {
            yield return $"{Section}:Window is {Window}; it takes 01:00:00 to 3650.00:00:00.";
        }
    }
}
