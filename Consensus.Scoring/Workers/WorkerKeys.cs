namespace Consensus.Scoring.Workers;

/// <summary>The names under which workers are known in Redis.</summary>
internal static class WorkerKeys
{
    /// <summary>The set of the ids of all workers.</summary>
    public const string All = "scoring:workers";

    /// <summary>Exists as long as the worker beats; its value is the time of its start.</summary>
    public static string HeartBeat(string id) => $"scoring:worker:{id}";
}
