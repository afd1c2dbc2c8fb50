namespace Consensus.LanguageModels.Configuration;

/// <summary>The provider that is there without any configuration: five simulated models, free of charge.</summary>
internal static class BuiltInSimulator
{
    public const string Provider = "sim";

    /// <summary>A service-discovery name; the host's HTTP defaults resolve it.</summary>
    public static readonly Uri Endpoint = new("http://models/v1");

    /// <summary>A simulated model costs nothing to ask in parallel; the far end sets the pace.</summary>
    public const int MaxConcurrency = 256;

    public static readonly IReadOnlyList<ModelSettings> Models =
    [
        new("ada", "analytic", 0m, 0m),
        new("boole", "analytic", 0m, 0m),
        new("curie", "empirical", 0m, 0m),
        new("darwin", "empirical", 0m, 0m),
        new("euler", "formal", 0m, 0m),
    ];
}
