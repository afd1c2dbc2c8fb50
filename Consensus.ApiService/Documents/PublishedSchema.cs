namespace Consensus.ApiService.Documents;

/// <summary>The published JSON schemas of documents, as they stand in <c>docs/schemas</c>.</summary>
internal static class PublishedSchema
{
    /// <summary>Of scoring configurations, in UTF-8.</summary>
    public static byte[] ScoringConfig { get; } = Read("scoring-config.schema.json");

    /// <summary>Of policies, in UTF-8.</summary>
    public static byte[] Policy { get; } = Read("policy.schema.json");

    private static byte[] Read(string name)
    {
        using var stream = typeof(PublishedSchema).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
