namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The published JSON schema of scoring configurations.</summary>
internal static class ScoringConfigSchema
{
    private const string Name = "scoring-config.schema.json";

    /// <summary>The file <c>docs/schemas/scoring-config.schema.json</c>.</summary>
    public static byte[] Utf8 { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(ScoringConfigSchema).Assembly.GetManifestResourceStream(Name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
