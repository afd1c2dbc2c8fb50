namespace Consensus.Cli;

/// <summary>What a script can rely on.</summary>
internal static class ExitCodes
{
    /// <summary>The panel came to an answer: <c>consensus</c> or <c>plurality</c>.</summary>
    public const int Answer = 0;

    /// <summary>The request was refused, the run failed, or the API could not be reached.</summary>
    public const int Error = 1;

    /// <summary>The run finished without an answer: <c>no_consensus</c>, <c>quorum_not_met</c>, or a policy keeps it back.</summary>
    public const int NoAnswer = 2;

    /// <summary><c>gate</c>: no worse than the baseline.</summary>
    public const int GatePassed = 0;

    /// <summary><c>gate</c>: worse than the baseline.</summary>
    public const int GateFailed = 1;

    /// <summary><c>gate</c>: too little to say either.</summary>
    public const int GateInconclusive = 2;

    /// <summary><c>gate</c>: nothing could be compared; never to be taken for a failed gate.</summary>
    public const int GateUnusable = 3;

    /// <summary><c>verify-audit</c>: nothing is wrong.</summary>
    public const int AuditSound = 0;

    /// <summary><c>verify-audit</c>: something is wrong, and was told.</summary>
    public const int AuditBroken = 1;

    /// <summary><c>verify-audit</c>: it could not be verified; never to be taken for a broken trail.</summary>
    public const int AuditUnverifiable = 2;

    /// <summary><c>replay</c>: the run is decided as it was.</summary>
    public const int ReplaySame = 0;

    /// <summary><c>replay</c>: it is decided otherwise, or by what was asked for it would be.</summary>
    public const int ReplayDiffers = 2;

    /// <summary>Stopped by Ctrl-C, as a shell counts it.</summary>
    public const int Cancelled = 130;

    /// <summary>The same in words, for the help.</summary>
    public const string Help = "Exit codes: 0 an answer, 1 an error, 2 no answer (no consensus, quorum not met, or kept back by the policy), 130 stopped by Ctrl-C.";
}
