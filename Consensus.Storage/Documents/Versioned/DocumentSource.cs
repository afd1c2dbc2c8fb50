namespace Consensus.Storage.Documents.Versioned;

/// <summary>How a document came in force.</summary>
public static class DocumentSource
{
    /// <summary>Made by the program.</summary>
    public const string Default = "default";

    /// <summary>Read from the file that the settings name.</summary>
    public const string File = "file";

    /// <summary>Put over the API.</summary>
    public const string Api = "api";
}
