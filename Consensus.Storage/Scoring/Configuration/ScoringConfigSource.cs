namespace Consensus.Storage.Scoring.Configuration;

/// <summary>How a configuration came in force.</summary>
public static class ScoringConfigSource
{
    /// <summary>Made from the catalog of models.</summary>
    public const string Default = "default";

    /// <summary>Read from the file that the settings name.</summary>
    public const string File = "file";

    /// <summary>Put over the API.</summary>
    public const string Api = "api";
}
