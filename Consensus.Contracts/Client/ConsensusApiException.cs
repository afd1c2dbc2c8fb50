using Consensus.Contracts.Errors;

namespace Consensus.Contracts.Client;

/// <summary>A call to the API that did not give what was asked for. There is one way to look at every failure: the <see cref="Problem"/>.</summary>
public sealed class ConsensusApiException : Exception
{
    /// <summary>Wraps a problem.</summary>
    /// <param name="problem">What the API said, or what the client found.</param>
    /// <param name="innerException">The fault underneath, where there was one.</param>
    public ConsensusApiException(ProblemBody problem, Exception? innerException = null)
        : base(problem.Detail is { Length: > 0 } detail ? $"{problem.Title} {detail}" : problem.Title, innerException) => Problem = problem;

    /// <summary>
    /// The problem details. When the failure never reached the API, or its body is not a problem, the client makes one:
    /// the code is then one of <see cref="ClientErrorCodes"/>, the status that of the response, or 0 without a response.
    /// </summary>
    public ProblemBody Problem { get; }

    /// <summary>The stable code, for a switch.</summary>
    public string Code => Problem.Code;
}
