namespace Consensus.ModelSimulator;

/// <summary>How the server says in every answer that it is a simulation.</summary>
internal static class Simulation
{
    public const string Fingerprint = "fp_simulation";

    public const string Owner = "simulation";

    public const string Header = "X-Simulation";

    public const string HeaderValue = "true; these answers are made up by a simulator, not written by a language model";
}
