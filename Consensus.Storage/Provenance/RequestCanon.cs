using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit.Canonical;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Provenance;

/// <summary>
/// A request as it was decided, in canonical JSON (RFC 8785): <c>kind</c>, <c>strategy</c> and <c>request</c> as a look-up at <c>full</c> shows them, and
/// of an aggregate
/// the <c>answers</c>. Members without a value are left out, so that a member that comes later changes no hash; tags and metadata, which decide nothing, too.
/// </summary>
internal static class RequestCanon
{
    /// <summary>The SHA-256 of the canonical text; <c>null</c> of a run without its request, or one that no canonical text stands for.</summary>
    public static byte[]? Sha256(ConsensusResponse run)
    {
        try
        {
            return Text(run) is { } text ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : null;
        }
        catch (ArgumentException)
        {
            // A caller's schema may name a member twice, or hold a number beyond every double.
            return null;
        }
    }

    /// <summary>The canonical text.</summary>
    private static string? Text(ConsensusResponse run)
    {
        if (run.Request is not { } request)
            return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", WireName.Of(run.Kind));
            writer.WriteString("strategy", run.Strategy);
            writer.WritePropertyName("request");
            var asked = JsonSerializer.SerializeToElement(request with { Tags = [], Metadata = null }, ConsensusJson.Default.StoredRequest);
            WriteObject(writer, asked, leaveOut: "tags");
            if (run.Kind == RunKind.Aggregate)
                WriteAnswers(writer, run.Candidates ?? []);
            writer.WriteEndObject();
        }

        return Jcs.TextOf(StoredJson.Parse(Encoding.UTF8.GetString(stream.ToArray())));
    }

    private static void WriteAnswers(Utf8JsonWriter writer, IReadOnlyList<CandidateBody> candidates)
    {
        writer.WriteStartArray("answers");
        foreach (var candidate in candidates)
        {
            writer.WriteStartObject();
            writer.WriteString("model", candidate.Model);
            writer.WriteString("family", candidate.Family);
            if (candidate.Text is { } text)
                writer.WriteString("text", text);
            else
                writer.WriteString("error", WireName.Of(candidate.Error?.Reason));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>An object without its members that are <c>null</c>; what a caller wrote himself, such as a schema, stays as it is.</summary>
    private static void WriteObject(Utf8JsonWriter writer, JsonElement value, string? leaveOut = null)
    {
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null && member.Name != leaveOut))
        {
            writer.WritePropertyName(member.Name);
            if (member.Name is "answer" or "cascade")
                WriteObject(writer, member.Value);
            else
                member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
