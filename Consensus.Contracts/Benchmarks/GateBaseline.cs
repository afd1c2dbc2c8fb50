namespace Consensus.Contracts.Benchmarks;

/// <summary>A committed baseline of <c>consensus gate</c>: what each question came to, without any text.</summary>
/// <param name="SchemaVersion">The version of this shape.</param>
/// <param name="Suites">One entry a suite.</param>
public sealed record GateBaseline(int SchemaVersion, IReadOnlyList<GateBaselineSuite> Suites)
{
    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>A suite of a baseline; its lists have one entry a question, all in the same order.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="DataSha256">SHA-256 of its lines.</param>
/// <param name="Strategy">The strategy that was measured.</param>
/// <param name="Options">What else was asked for.</param>
/// <param name="Ids">The questions' ids.</param>
/// <param name="Correct">What each has of a right answer.</param>
/// <param name="Confidence">The raw confidence in the leader.</param>
/// <param name="Calibrated">The calibrated one; <c>null</c> where nothing was fitted.</param>
/// <param name="Answered">1 where the outcome has an answer, else 0.</param>
/// <param name="Calls">How many models were asked.</param>
public sealed record GateBaselineSuite(
    string Suite, string DataSha256, string Strategy, BenchmarkOptions Options, IReadOnlyList<string> Ids, IReadOnlyList<double> Correct,
    IReadOnlyList<double> Confidence, IReadOnlyList<double>? Calibrated, IReadOnlyList<int> Answered, IReadOnlyList<int> Calls);
