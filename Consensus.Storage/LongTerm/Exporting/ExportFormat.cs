namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>How an export is written.</summary>
public enum ExportFormat
{
    /// <summary>JSON lines, compressed with Zstandard.</summary>
    NdjsonZst,

    /// <summary>JSON lines, compressed with gzip.</summary>
    NdjsonGz,

    /// <summary>A Parquet file for each table, for analysis; it is not imported.</summary>
    Parquet,
}

/// <summary>The words for the formats.</summary>
public static class ExportFormats
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<string> Words { get; } = ["ndjson.zst", "ndjson.gz", "parquet"];

    /// <summary>The word of a format.</summary>
    public static string WordOf(ExportFormat format) => Words[(int)format];

    /// <summary>The format of a word; <c>null</c> for another word.</summary>
    public static ExportFormat? Find(string word) => Words.Index().Where(known => known.Item == word).Select(static known => (ExportFormat?)known.Index).FirstOrDefault();
}
