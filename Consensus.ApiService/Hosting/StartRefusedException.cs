namespace Consensus.ApiService.Hosting;

/// <summary>The configuration is such that the service must not start; the message says why, for the one who starts it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
