namespace Consensus.Cli.Benchmarks.Live;

/// <summary>A failure that every further question would meet as well.</summary>
/// <param name="code">The code of the failure.</param>
/// <param name="message">The same in words.</param>
/// <param name="innerException">What the client says.</param>
internal sealed class SystemUnusableException(string code, string message, Exception innerException) : IOException(message, innerException)
{
    /// <summary>The code of the failure.</summary>
    public string Code { get; } = code;
}
