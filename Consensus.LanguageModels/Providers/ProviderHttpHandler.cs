using System.Text.Json;
using Consensus.Contracts.Runs;

namespace Consensus.LanguageModels.Providers;

/// <summary>
/// Stands between every provider's client library and the wire, so that all of them fail alike: a status other than success, a broken connection and a body
/// that is too long, cut off or not JSON become a <see cref="ProviderFault"/>; a good body is handed over whole.
/// </summary>
internal sealed class ProviderHttpHandler(TimeProvider time) : DelegatingHandler
{
    /// <summary>Far more than the longest answer; a provider that sends more is broken.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        Exchange.Sending();
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw FaultReader.FromConnection(e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderFault(FailureReason.Unavailable, "The provider could not be reached (no connection in time).", e) { Transient = true, MayBeBilled = false };
        }

        try
        {
            var body = await ReadAsync(response, cancellationToken);
            var (good, finishReplaced, finishWord) = Check(response, body);
            var content = new ByteArrayContent(good);
            content.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = content;
            Exchange.Answered(finishReplaced, finishWord);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private (byte[] Body, bool FinishReplaced, string? FinishWord) Check(HttpResponseMessage response, byte[] body)
    {
        using var json = Parse(body);
        if (!response.IsSuccessStatusCode)
        {
            throw FaultReader.FromStatus((int)response.StatusCode, json is null ? null : Code(json.RootElement), response.Headers.RetryAfter, time);
        }

        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object)
            throw new ProviderFault(FailureReason.Malformed, "The provider's answer is not a JSON object.");
        try
        {
            if (FaultReader.InsideSuccess(json.RootElement, time) is { } fault)
                throw fault;
            return OpenAiBody.Tidy(json.RootElement, body);
        }
        catch (Exception e) when (IsNoText(e))
        {
            throw new ProviderFault(FailureReason.Malformed, "The provider's answer has a text that is none, or a member twice.", e);
        }
    }

    /// <summary>The status of a failure says enough, whatever its body is.</summary>
    private static string? Code(JsonElement body)
    {
        try
        {
            return FaultReader.Code(body);
        }
        catch (Exception e) when (IsNoText(e))
        {
            return null;
        }
    }

    /// <summary>Whether reading good JSON failed because of what it says: an escape that is half of a character, or a member that is there twice.</summary>
    private static bool IsNoText(Exception exception) => exception is InvalidOperationException or ArgumentException;

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var buffer = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var chunk = new byte[16 * 1024];
            while (await stream.ReadAsync(chunk, cancellationToken) is var read and > 0)
            {
                if (buffer.Length + read > MaxBodyBytes)
                    throw new ProviderFault(FailureReason.Malformed, $"The provider's answer is longer than {MaxBodyBytes} bytes.");
                buffer.Write(chunk, 0, read);
            }

            return buffer.ToArray();
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            // The status of a failure says enough; its body is only for the code.
            if (!response.IsSuccessStatusCode)
                return [];
            throw new ProviderFault(FailureReason.Malformed, "The provider's answer was cut off.", e);
        }
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
