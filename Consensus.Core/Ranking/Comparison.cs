namespace Consensus.Core.Ranking;

/// <summary>What came of one comparison of two players (models, answers, prompts).</summary>
/// <param name="First">The first player's number, from 0.</param>
/// <param name="Second">The second player's number, another than the first.</param>
/// <param name="Score">What the first won, 0 to 1: 1 a win, 0 a loss, ½ a tie.</param>
public readonly record struct Comparison(int First, int Second, double Score);
