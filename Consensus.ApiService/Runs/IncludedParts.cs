namespace Consensus.ApiService.Runs;

/// <summary>Which parts of a run its caller gets.</summary>
/// <param name="HasCandidates">Every candidate.</param>
/// <param name="HasProvenance">What it was decided by.</param>
internal readonly record struct IncludedParts(bool HasCandidates, bool HasProvenance)
{
    /// <summary>Where nothing can be asked for: the candidates.</summary>
    public static IncludedParts Candidates => new(true, false);
}
