using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Consensus.ApiService.Errors;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Consensus.ApiService.Http;

/// <summary>A request's body as JSON, or the problem with it.</summary>
internal sealed record JsonBody(JsonElement Value, Problem? Problem)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Reads the body up to a cap, whether or not the caller says its length beforehand.</summary>
    public static async Task<JsonBody> ReadAsync(HttpContext http, int mostBytes)
    {
        if (!IsSaidToBe(http.Request))
        {
            return Wrong(new Problem(ErrorCatalog.UnsupportedMediaType));
        }

        if (http.Request.ContentLength > mostBytes)
        {
            return Wrong(TooLarge(mostBytes));
        }

        // The cap is kept here: the server's own would end the connection before the caller could read why.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = null;
        }

        return await ReadAsync(http.Request.BodyReader, mostBytes, http.RequestAborted) is { } bytes ? Parse(bytes) : Wrong(TooLarge(mostBytes));
    }

    /// <summary>Whether a request says that its body is JSON as it is read here: UTF-8, and not compressed.</summary>
    public static bool IsSaidToBe(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && (request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity");

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(PipeReader reader, int mostBytes, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (bytes.WrittenCount + read.Buffer.Length > mostBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return bytes.WrittenMemory;
            }
        }
    }

    private static JsonBody Parse(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (text.IsEmpty)
        {
            return Wrong(Malformed("The body is empty."));
        }

        if (!Utf8.IsValid(text.Span))
        {
            return Wrong(Malformed("The body is not UTF-8."));
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return new JsonBody(document.RootElement.Clone(), null);
        }
        catch (JsonException fault)
        {
            return Wrong(Malformed($"Line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {Reason(fault)}"));
        }
    }

    /// <summary>The parser's first sentence; what follows is advice for its programmer, and the position once more.</summary>
    private static string Reason(JsonException fault)
    {
        var end = fault.Message.IndexOf(". ", StringComparison.Ordinal);
        return Reading.Shown.Cut(end < 0 ? fault.Message : fault.Message[..(end + 1)], 200);
    }

    private static JsonBody Wrong(Problem problem) => new(default, problem);

    private static Problem Malformed(string detail) => new(ErrorCatalog.MalformedJson, detail);

    private static Problem TooLarge(int mostBytes) => new(ErrorCatalog.BodyTooLarge, $"At most {mostBytes} bytes are allowed here.");
}
