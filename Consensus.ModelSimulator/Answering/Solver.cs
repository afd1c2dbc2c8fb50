using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Answering;

/// <summary>Understands a question, or does not.</summary>
internal static class Solver
{
    public static Problem? Solve(string question) => ArithmeticQuestion.Solve(question);
}
