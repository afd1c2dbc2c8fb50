namespace Consensus.SystemTests.Fuzz;

/// <summary>Texts that nobody types, for paths, queries and headers.</summary>
internal static class HostileText
{
    /// <summary>What stands in a path or a query, percent-encoded or deliberately not.</summary>
    public static readonly string[] Parts =
    [
        "%00", "%F0%9F%98%80", "%ED%A0%80", "%25", "%2e%2e", "%2F", "..;", "'", "\"", "*", "~", "-1", "0", "99999999999999999999", "1e3", "true", "null", "NaN", "2026-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999-14:00", "0001-01-01", "AAAA", "MDE5N2YzYzItNWExYi03ZjQ0", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "sim%2Fada", "consensus", "panel", "%20", "+",
        "=", "&", "a=b", "%E2%80%AE", "x%0d%0aX-Injected:%201",
    ];

    /// <summary>Printable ASCII and Latin text, 1 to <paramref name="most"/> − 1 characters.</summary>
    public static string Junk(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)random.Next(32, 0x250)));
}
