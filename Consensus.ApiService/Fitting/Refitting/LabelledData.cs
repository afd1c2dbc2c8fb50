using System.Security.Cryptography;
using System.Text.Json;
using Consensus.Core.Learning;
using Consensus.Storage.Labels;

namespace Consensus.ApiService.Fitting.Refitting;

/// <summary>Names labelled votes by their content.</summary>
internal static class LabelledData
{
    /// <summary>SHA-256 of a panel's labelled votes, in hexadecimal.</summary>
    public static string HashOf(LabelledPanel panel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [panel.Kind.ToString(), .. panel.Models]);
        foreach (var question in panel.Questions)
        {
            Append(hash, [question.Panel.Category ?? "", $"{question.Right}", $"{question.Wrong}", $"{question.Panel.ClusterCount}"]);
            Append(hash, [.. question.Panel.Votes.SelectMany(Of)]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of several such hashes.</summary>
    public static string HashOf(IEnumerable<string> hashes) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(hashes.ToArray())));

    private static string[] Of(ModelVote vote) => [vote.Model, $"{vote.Cluster}", $"{vote.Length}"];

    private static void Append(IncrementalHash hash, string[] parts) => hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(parts));
}
